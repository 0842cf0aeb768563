import type { Attention } from "#platform/operators";
import type { HarvestResult, HarvestWall, Harvester } from "#engines/harvest";
import type { Database } from "#platform/storage";
import type { PortalStore } from "../portals/portal-store.ts";
import type { OpportunityIntake, TakenIn } from "../opportunities/opportunity-intake.ts";
import { explorationSteps } from "./exploration-steps.ts";
import { interactionsOf } from "./interaction.ts";
import type { JobHistoryStore } from "./job-history-store.ts";
import { failureOf, failureOfHarvest, failureWithoutModel } from "./scrape-failure.ts";
import {
  cancel,
  fail,
  finish,
  pause,
  progressed,
  release,
  stopAtWall,
  type Running,
  type ScrapeJob,
} from "./scrape-job.ts";
import type { BroughtHome, Healed, WithoutModel } from "./portal-harvest.ts";
import type { ScrapeLedger } from "./scrape-ledger.ts";
import type { ScrapeFailure } from "./stored-job.ts";

export interface ConclusionDeps {
  ledger: ScrapeLedger;
  history: JobHistoryStore;
  intake: OpportunityIntake;
  harvester: Pick<Harvester, "records">;
  attention: Pick<Attention, "open">;
  portals: Pick<PortalStore, "get">;
  /** Told of a job with opportunities, in the transaction that ends its attempt. */
  followers: readonly JobFollower[];
}

/** Has work to do on what a job found. */
export interface JobFollower {
  jobEnded(job: { portalId: string; jobId: string }, trx: Database): Promise<void>;
}

/** Turns what a harvest brought home into the end of its job. */
export class ScrapeConclusion {
  readonly #deps: ConclusionDeps;

  constructor(deps: ConclusionDeps) {
    this.#deps = deps;
  }

  /** Opportunities are kept first, which may be done twice; then one transaction ends the job. */
  async conclude(job: Running, brought: BroughtHome, isCancelled: boolean): Promise<void> {
    const { result, explored, healed, withoutModel } = brought;
    if (healed) await this.#tellOfHealing(job, healed);
    if (withoutModel) await this.#tellOfModel(job, withoutModel);
    if (brought.notes.length > 0) await this.#tellNotes(job, brought.notes);
    const { history, intake, harvester, followers } = this.#deps;
    const { id, attempt, request } = job;
    const portal = await this.#deps.portals.get(request.portalId);
    const { found, vanished, unsure } = await intake.take(() => harvester.records(result.run), result.recipe, {
      portalId: request.portalId,
      jobId: id,
      runId: result.run,
      listUrl: request.url,
      listState: result.completeness.state,
      configurations: [request.configuration, portal.configuration],
      isWhole: result.completeness.state === "complete" && result.alarms.length === 0 && !isCancelled && !result.wall,
    });
    const news = {
      progress: { opportunitiesFound: found, currentPage: result.pages, currentAction: null },
      runId: result.run,
    };
    const ending: Ending = {
      job,
      result,
      found,
      vanished,
      unsure,
      upToDate: (current, now) => progressed(current, attempt, news, now),
      keepSteps: async (trx) => {
        const steps = [...explorationSteps(explored), ...interactionsOf(result.interactions)];
        await history.keepInteractions(
          trx,
          id,
          steps.map((step, at) => ({ ...step, step: at + 1 })),
        );
        if (found === 0) return;
        for (const follower of followers) await follower.jobEnded({ portalId: request.portalId, jobId: id }, trx);
      },
    };
    if (isCancelled) return this.#cancel(ending);
    if (result.wall) return this.#stopAtWall(ending, result.wall);
    const failure = failureOfHarvest(result);
    if (!failure) return this.#finish(ending);
    return this.#failAfter(ending, withoutModel ? failureWithoutModel(failure, withoutModel) : failure);
  }

  /** The harvest broke off with an error: nothing is known of what it found but what was noted. */
  async fail({ id, attempt }: Running, error: unknown): Promise<void> {
    const failure = failureOf(error);
    await this.#deps.ledger.change(id, (current, now) => fail(current, attempt, failure, now), failed(failure));
  }

  async cancel({ id, attempt }: Running): Promise<void> {
    await this.#deps.ledger.change(id, (current, now) => cancel(current, attempt, now), { kind: "job.cancelled" });
  }

  /** The worker stopped as it was told, and the job is held; else what has become of it meanwhile. */
  async pause({ id, attempt }: Running): Promise<ScrapeJob["status"]> {
    const { status } = await this.#deps.ledger.change(
      id,
      (current, now) => pause(current, attempt, now),
      ({ status: next }) => (next === "queued" ? null : { kind: `job.${next}` }),
    );
    return status;
  }

  /** The worker has to go. Who takes the job next goes on with its run. */
  async release({ id, attempt }: Running): Promise<void> {
    await this.#deps.ledger.change(
      id,
      (current, now) => release(current, attempt, now),
      ({ status }) => (status === "queued" ? null : { kind: `job.${status}` }),
    );
  }

  async #finish({ job, result, found, vanished, unsure, upToDate, keepSteps }: Ending): Promise<void> {
    await this.#askAboutAlarms(job, result);
    const { completeness, recipeId } = result;
    await this.#deps.ledger.change(
      job.id,
      (current, now) => finish(upToDate(current, now), job.attempt, { completeness, recipeId }, now),
      ({ status }) => ({
        kind: `job.${status}`,
        data: {
          found,
          completeness: completeness.state,
          reason: completeness.reason,
          ...(vanished > 0 ? { vanished } : {}),
          ...(unsure.length > 0 ? { unsure: unsure.map((each) => ({ ...each })) } : {}),
        },
      }),
      keepSteps,
    );
  }

  async #cancel({ job, upToDate, keepSteps }: Ending): Promise<void> {
    await this.#deps.ledger.change(
      job.id,
      (current, now) => cancel(upToDate(current, now), job.attempt, now),
      { kind: "job.cancelled" },
      keepSteps,
    );
  }

  async #failAfter({ job, result, upToDate, keepSteps }: Ending, failure: ScrapeFailure): Promise<void> {
    await this.#askAboutAlarms(job, result);
    await this.#deps.ledger.change(
      job.id,
      (current, now) => fail(upToDate(current, now), job.attempt, failure, now),
      failed(failure),
      keepSteps,
    );
  }

  async #stopAtWall({ job, upToDate, keepSteps }: Ending, wall: HarvestWall): Promise<void> {
    const { kind, url, message } = wall;
    const opened = await this.#deps.attention.open({
      kind: "portal.wall",
      subject: `scrape-job:${job.id}`,
      reason: message,
      details: { jobId: job.id, portalId: job.request.portalId, wall: kind, url },
    });
    await this.#deps.ledger.change(
      job.id,
      (current, now) =>
        stopAtWall(upToDate(current, now), job.attempt, { wall: { kind, url, message }, attentionId: opened.id }, now),
      { kind: "job.wall", data: { kind, url, message } },
      keepSteps,
    );
  }

  /** What could not be proven is decided by a person; the ledger of the recipe has the rest. */
  async #tellOfHealing({ id, request }: Running, { outcome, recipeId, version, reasons, gone }: Healed): Promise<void> {
    const data = { recipeId, version, outcome, reasons: [...reasons], gone: [...gone] };
    await this.#deps.ledger.change(
      id,
      (current) => current,
      () => ({ kind: "job.healed", data }),
    );
    const reason = reasonToLook(outcome, reasons, gone);
    if (reason === null) return;
    await this.#deps.attention.open({
      kind: "portal.heal",
      subject: `portal:${request.portalId}`,
      reason: reason.slice(0, 1_000),
      details: { jobId: id, portalId: request.portalId, recipeId },
    });
  }

  /** What was found is the analyser's alone; why nobody was asked is for the operator, who can change it. */
  async #tellOfModel({ id }: Running, { code, message }: WithoutModel): Promise<void> {
    await this.#deps.ledger.change(
      id,
      (current) => current,
      () => ({ kind: "job.without_model", data: { code, message } }),
    );
  }

  /** What nobody could be asked about, or what did not fit: a person may know better. */
  async #tellNotes({ id }: Running, notes: readonly string[]): Promise<void> {
    const data = { notes: notes.slice(0, MOST_NOTES).map((note) => note.slice(0, LONGEST_NOTE)) };
    await this.#deps.ledger.change(
      id,
      (current) => current,
      () => ({ kind: "job.noted", data }),
    );
  }

  /** A list that shrank or a page that moved away from its recipe is looked at by a person; the job ends as it is. */
  async #askAboutAlarms(job: Running, { alarms, run }: HarvestResult): Promise<void> {
    for (const { kind, message } of alarms) {
      await this.#deps.attention.open({
        kind: `portal.${kind}`,
        subject: `portal:${job.request.portalId}`,
        reason: message,
        details: { jobId: job.id, portalId: job.request.portalId, run },
      });
    }
  }
}

const MOST_NOTES = 20;
const LONGEST_NOTE = 500;

interface Ending {
  job: Running;
  result: HarvestResult;
  found: number;
  vanished: number;
  unsure: TakenIn["unsure"];
  upToDate: (current: ScrapeJob, now: Date) => Running;
  keepSteps: (trx: Database) => Promise<void>;
}

/** A healing that lost nothing needs nobody. */
function reasonToLook(outcome: Healed["outcome"], reasons: readonly string[], gone: readonly string[]): string | null {
  if (outcome === "unsure")
    return `The page has changed, and what was learnt anew cannot be proven. ${reasons.join(" ")}`;
  if (gone.length === 0) return null;
  const columns = gone.map((name) => `"${name}"`).join(", ");
  return `The page no longer shows ${columns}. Everything else was found again and proven, and the portal goes on without. Take the healing back if that is wrong.`;
}

function failed({ code, message }: ScrapeFailure) {
  return { kind: "job.failed" as const, data: { code, message } };
}
