import { AppError, sha256Hex, type Clock, type Logger } from "#kernel";
import type { ScrapeDesk } from "../scrape-jobs/scrape-desk.ts";
import type { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import type { Portal } from "./portal.ts";
import type { PortalStore } from "./portal-store.ts";
import { planned, plannedAnew, type Calendar } from "./time-table.ts";

export interface ScheduledRunsDeps {
  portals: PortalStore;
  jobs: Pick<ScrapeJobStore, "openJobOf" | "latestOf">;
  desk: Pick<ScrapeDesk, "submit">;
  calendar: Calendar;
  clock: Clock;
  logger: Logger;
}

const PORTALS_AT_ONCE = 200;

/**
 * Sends the jobs of portals that are watched. A job's id tells of which portal and time it is, so that two processes, or one
 * that was killed in between, send it once.
 */
export class ScheduledRuns {
  readonly #deps: ScheduledRunsDeps;

  constructor(deps: ScheduledRunsDeps) {
    this.#deps = deps;
  }

  /** Brings all time tables in line with the configuration. Times that were missed while nothing ran stay due, once. */
  async plan(): Promise<void> {
    const { portals, calendar, clock } = this.#deps;
    for (const { id } of await portals.watched())
      await portals.change(id, (portal) => planned(portal, calendar, clock()));
  }

  /** Sends what has come due. Returns the ids of the jobs. */
  async runDue(): Promise<string[]> {
    const { portals, calendar, clock, logger } = this.#deps;
    await this.#planNew();
    const sent: string[] = [];
    for (const portal of await portals.due(clock(), PORTALS_AT_ONCE)) {
      const dueAt = portal.nextRunAt;
      if (dueAt === null) continue;
      const job = await this.#send(portal, "run", dueAt);
      if (job !== null) sent.push(job);
      const isSame = (current: Portal) => current.nextRunAt?.getTime() === dueAt.getTime();
      await portals.change(portal.id, (current) =>
        isSame(current) ? plannedAnew(current, calendar, clock()) : current,
      );
    }
    if (sent.length > 0) logger.info("schedule.fired", { schedule: "run", jobs: sent.length });
    return sent;
  }

  /** Sends a job for each watched portal whose last one failed of something that may pass. */
  async retryFailed(): Promise<string[]> {
    const { portals, jobs, clock, logger } = this.#deps;
    const sent: string[] = [];
    for (const portal of await portals.watched()) {
      if (portal.status !== "failed") continue;
      const last = await jobs.latestOf(portal.id);
      if (last?.status !== "failed" || !last.error.recoverable) continue;
      const job = await this.#send(portal, "retry", clock());
      if (job !== null) sent.push(job);
    }
    if (sent.length > 0) logger.info("schedule.fired", { schedule: "retry", jobs: sent.length });
    return sent;
  }

  /** Portals that were resumed since, or got a time table, have no time yet. */
  async #planNew(): Promise<void> {
    const { portals, calendar, clock } = this.#deps;
    for (const portal of await portals.watched())
      if (portal.nextRunAt === null && (portal.schedule !== null || calendar.everyone))
        await portals.change(portal.id, (current) => planned(current, calendar, clock()));
  }

  /** Null when a job is on its way already, or this one cannot be: a portal never holds up the others. */
  async #send(portal: Portal, why: "run" | "retry", at: Date): Promise<string | null> {
    const { jobs, desk, logger } = this.#deps;
    const { id: portalId, url, configuration } = portal;
    if (await jobs.openJobOf(portalId)) return null;
    const jobId = jobIdOf(portalId, why, at);
    try {
      // What people ask for goes before what a time table sends.
      await desk.submit({ jobId, url, portalId, configuration, priority: "low" });
      return jobId;
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      logger.warn("schedule.failed", { portalId, jobId, err });
      return null;
    }
  }
}

/** To the minute, as cron is. */
function jobIdOf(portalId: string, why: string, at: Date): string {
  return `${why}-${at.toISOString().slice(0, 16)}-${sha256Hex(portalId).slice(0, 16)}`;
}
