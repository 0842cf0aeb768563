import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel.js";
import { internalMutation, type MutationCtx } from "../_generated/server.js";
import { jobStatus } from "./tables.ts";

type Job = Doc<"scrapingJobs">;

export const createScrapingJob = internalMutation({
  args: { portalId: v.id("portals"), agentJobId: v.string(), retryCount: v.optional(v.number()) },
  handler: async (ctx, { portalId, agentJobId, retryCount = 0 }) => {
    const now = Date.now();
    const times = { queuedAt: now, createdAt: now, updatedAt: now };
    await ctx.db.patch(portalId, { status: "in_progress" });
    return ctx.db.insert("scrapingJobs", { portalId, agentJobId, status: "pending", retryCount, ...times });
  },
});

/** A job that has ended stays as it is: what is told late changes nothing. */
export const updateScrapingJob = internalMutation({
  args: {
    scrapingJobId: v.id("scrapingJobs"),
    status: jobStatus,
    agentStatus: v.optional(v.string()),
    completedAt: v.optional(v.number()),
    duration: v.optional(v.number()),
    opportunitiesFound: v.optional(v.number()),
    resultRecordId: v.optional(v.id("scrapedProcurementData")),
    errorMessage: v.optional(v.string()),
    errorType: v.optional(v.string()),
  },
  handler: async (ctx, { scrapingJobId, ...news }) => {
    const job = await ctx.db.get(scrapingJobId);
    // The answer to `POST /scrape` may come after the first progress.
    const isLate = news.status === "queued" && job?.status !== "pending";
    if (!job || hasEnded(job) || isLate) return false;
    await ctx.db.patch(scrapingJobId, { ...news, updatedAt: Date.now() });
    return true;
  },
});

export const updateProgress = internalMutation({
  args: {
    agentJobId: v.string(),
    agentStatus: v.optional(v.string()),
    currentPage: v.optional(v.number()),
    totalPages: v.optional(v.number()),
    opportunitiesFound: v.optional(v.number()),
    currentAction: v.optional(v.string()),
    /** When it was so; progress that was delayed on its way is older than what is known. */
    toldAt: v.optional(v.number()),
  },
  handler: async (ctx, { agentJobId, ...news }) => {
    const job = await jobOf(ctx, agentJobId);
    if (!job || hasEnded(job)) return;
    if (news.toldAt !== undefined && news.toldAt < (job.toldAt ?? 0)) return;
    const now = Date.now();
    await ctx.db.patch(job._id, { ...news, status: "in_progress", startedAt: job.startedAt ?? now, updatedAt: now });
  },
});

/** The same job gives the same record, however often its results arrive. */
export const createScrapedData = internalMutation({
  args: {
    agentJobId: v.string(),
    portalId: v.id("portals"),
    sourceUrl: v.string(),
    state: v.string(),
    capital: v.string(),
    opportunityCount: v.number(),
    interactions: v.array(v.any()),
    pagesScraped: v.number(),
    duration: v.number(),
    tokensUsed: v.number(),
  },
  handler: async (ctx, record) => {
    const known = ctx.db
      .query("scrapedProcurementData")
      .withIndex("by_agent_job_id", (q) => q.eq("agentJobId", record.agentJobId));
    return (await known.unique())?._id ?? ctx.db.insert("scrapedProcurementData", { ...record, scrapedAt: Date.now() });
  },
});

/** Adds what is new and renews what is known, so that it may be told twice. */
export const saveOpportunities = internalMutation({
  args: {
    scrapedDataId: v.id("scrapedProcurementData"),
    portalId: v.id("portals"),
    opportunities: v.array(v.any()),
    state: v.string(),
    capital: v.string(),
  },
  handler: async (ctx, { opportunities, portalId, scrapedDataId, state, capital }) => {
    const now = Date.now();
    for (const data of opportunities) {
      const told = toldOf(data);
      const known = await ctx.db
        .query("opportunities")
        .withIndex("by_portal_and_key", (q) => q.eq("portalId", portalId).eq("key", told.key))
        .unique();
      const news = { ...told, data, scrapedDataId, state, capital, lastSeenAt: now };
      if (known) await ctx.db.patch(known._id, news);
      else await ctx.db.insert("opportunities", { ...news, portalId, firstSeenAt: now });
    }
  },
});

async function jobOf(ctx: MutationCtx, agentJobId: string): Promise<Job | null> {
  const byId = ctx.db.query("scrapingJobs").withIndex("by_agent_job_id", (q) => q.eq("agentJobId", agentJobId));
  return byId.unique();
}

function hasEnded({ status }: Job): boolean {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/** Columns of their own, for whoever filters by them. */
function toldOf(data: Record<string, unknown>) {
  const text = (name: string) => (typeof data[name] === "string" ? data[name] : undefined);
  const title = text("title") ?? "";
  const [referenceNumber, closingDate, detailUrl] = [text("referenceNumber"), text("closingDate"), text("detailUrl")];
  const key = referenceNumber ?? text("externalId") ?? detailUrl ?? `${title} ${closingDate ?? ""}`;
  return {
    key,
    title,
    ...(referenceNumber === undefined ? {} : { referenceNumber }),
    ...(closingDate === undefined ? {} : { closingDate }),
    ...(detailUrl === undefined ? {} : { detailUrl }),
  };
}
