import { v } from "convex/values";
import { api, internal } from "../_generated/api.js";
import { internalAction, internalMutation, internalQuery } from "../_generated/server.js";

const DAY_MS = 86_400_000;
/** A job that told nothing for so long is stuck. Gleaner's own limit of a job is an hour. */
const STUCK_AFTER_MS = 2 * 3_600_000;
const RETRIES_IN_A_ROW = 5;
const PORTALS_AT_ONCE = 500;
const RECORDS_AT_ONCE = 100;

/** Portals that no job is under way for; `failed` only: those that have not failed too often. */
export const portalsToScrape = internalQuery({
  args: { onlyFailed: v.boolean() },
  handler: async (ctx, { onlyFailed }) => {
    const portals = await ctx.db.query("portals").take(PORTALS_AT_ONCE);
    const due = portals.filter(({ status, consecutiveFailures }) =>
      onlyFailed ? status === "failed" && consecutiveFailures < RETRIES_IN_A_ROW : status !== "in_progress",
    );
    return due.map(({ _id, consecutiveFailures }) => ({
      portalId: _id,
      retryCount: onlyFailed ? consecutiveFailures : 0,
    }));
  },
});

/** Every day at 2: one portal that Gleaner refuses does not keep the others. */
export const scrapeAllPendingPortals = internalAction({
  args: {},
  handler: async (ctx): Promise<number> => {
    const due = await ctx.runQuery(internal.scraping.scheduled.portalsToScrape, { onlyFailed: false });
    for (const [at, { portalId }] of due.entries())
      await ctx.scheduler.runAfter(at * 100, api.scraping.actions.scrapePortal, { portalId, priority: "low" });
    return due.length;
  },
});

export const retryFailedPortals = internalAction({
  args: {},
  handler: async (ctx): Promise<number> => {
    const due = await ctx.runQuery(internal.scraping.scheduled.portalsToScrape, { onlyFailed: true });
    for (const [at, portal] of due.entries())
      await ctx.scheduler.runAfter(at * 100, api.scraping.actions.scrapePortal, { ...portal, priority: "low" });
    return due.length;
  },
});

/** Removes records of jobs that are older than 30 days; opportunities stay. Goes on by itself until none is left. */
export const cleanupOldRecords = internalMutation({
  args: {},
  handler: async (ctx): Promise<number> => {
    const old = await ctx.db
      .query("scrapedProcurementData")
      .withIndex("by_time", (q) => q.lt("scrapedAt", Date.now() - 30 * DAY_MS))
      .take(RECORDS_AT_ONCE);
    for (const { _id, agentJobId } of old) {
      const jobs = ctx.db.query("scrapingJobs").withIndex("by_agent_job_id", (q) => q.eq("agentJobId", agentJobId));
      for await (const job of jobs) await ctx.db.delete(job._id);
      await ctx.db.delete(_id);
    }
    if (old.length === RECORDS_AT_ONCE) await ctx.scheduler.runAfter(0, internal.scraping.scheduled.cleanupOldRecords);
    return old.length;
  },
});

/** A job that nobody told of for hours has failed here, and its portal is tried again; what it tells later changes nothing. */
export const checkAndRecoverStuckJobs = internalMutation({
  args: {},
  handler: async (ctx): Promise<number> => {
    const now = Date.now();
    let stuck = 0;
    for (const status of ["pending", "queued", "in_progress"] as const) {
      const open = await ctx.db
        .query("scrapingJobs")
        .withIndex("by_status", (q) => q.eq("status", status))
        .take(PORTALS_AT_ONCE);
      for (const job of open.filter(({ updatedAt }) => now - updatedAt > STUCK_AFTER_MS)) {
        const error = { errorType: "stuck", errorMessage: "Nothing was heard of this job for two hours." };
        await ctx.db.patch(job._id, { status: "failed", completedAt: now, updatedAt: now, ...error });
        const portal = await ctx.db.get(job.portalId);
        const failures = { consecutiveFailures: (portal?.consecutiveFailures ?? 0) + 1 };
        if (portal) await ctx.db.patch(portal._id, { status: "failed", ...failures });
        stuck += 1;
      }
    }
    return stuck;
  },
});
