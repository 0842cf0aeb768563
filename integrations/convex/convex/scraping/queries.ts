import { v } from "convex/values";
import { internalQuery, query } from "../_generated/server.js";

/** A job by its id at Gleaner, with its portal. */
export const getByAgentJobId = internalQuery({
  args: { agentJobId: v.string() },
  handler: async (ctx, { agentJobId }) => {
    const byId = ctx.db.query("scrapingJobs").withIndex("by_agent_job_id", (q) => q.eq("agentJobId", agentJobId));
    const job = await byId.unique();
    return job && { ...job, portal: await ctx.db.get(job.portalId) };
  },
});

export const getJob = query({
  args: { scrapingJobId: v.id("scrapingJobs") },
  handler: (ctx, { scrapingJobId }) => ctx.db.get(scrapingJobId),
});

/** Newest sighting first. */
export const listOpportunities = query({
  args: { portalId: v.id("portals"), limit: v.optional(v.number()) },
  handler: async (ctx, { portalId, limit = 100 }) => {
    const ofPortal = ctx.db.query("opportunities").withIndex("by_portal_and_key", (q) => q.eq("portalId", portalId));
    return ofPortal.take(Math.min(limit, 1_000));
  },
});

export const getJobForAction = internalQuery({
  args: { scrapingJobId: v.id("scrapingJobs") },
  handler: (ctx, { scrapingJobId }) => ctx.db.get(scrapingJobId),
});
