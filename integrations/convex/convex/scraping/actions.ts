import { v } from "convex/values";
import { internal } from "../_generated/api.js";
import type { Id } from "../_generated/dataModel.js";
import { action, internalAction } from "../_generated/server.js";
import { askAgent } from "./agent.ts";
import { agentSettings } from "./settings.ts";
import { priority } from "./tables.ts";

const DEFAULT_MAX_PAGES = 20;
/** A mutation may read and write so many documents only. */
const OPPORTUNITIES_AT_ONCE = 500;

interface Submitted {
  success: true;
  scrapingJobId: Id<"scrapingJobs">;
  agentJobId: string;
}

/** Sends one portal to Gleaner. Progress and results come to the routes of http.ts. */
export const scrapePortal = action({
  args: { portalId: v.id("portals"), priority: v.optional(priority), retryCount: v.optional(v.number()) },
  handler: async (ctx, { portalId, priority, retryCount }): Promise<Submitted> => {
    const portal = await ctx.runQuery(internal.portals.getById, { portalId });
    if (!portal) throw new Error("Portal not found");
    const { requiresAuth, authCredentials, knownSelectors, maxPages, customInstructions } = portal.configuration ?? {};
    const agentJobId = crypto.randomUUID();
    const created = { portalId, agentJobId, ...(retryCount === undefined ? {} : { retryCount }) };
    const scrapingJobId = await ctx.runMutation(internal.scraping.mutations.createScrapingJob, created);
    try {
      const { status } = await askAgent("/scrape", {
        jobId: agentJobId,
        url: portal.url,
        portalId,
        configuration: {
          requiresAuth: requiresAuth ?? false,
          authCredentials,
          navigationHints: knownSelectors,
          maxPages: maxPages ?? DEFAULT_MAX_PAGES,
          customInstructions,
        },
        callbackUrl: `${agentSettings().siteUrl}/api/scraping/callback`,
        priority,
      });
      const news = {
        scrapingJobId,
        status: "queued",
        ...(status === undefined ? {} : { agentStatus: status }),
      } as const;
      await ctx.runMutation(internal.scraping.mutations.updateScrapingJob, news);
      return { success: true, scrapingJobId, agentJobId };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : "Unknown error";
      const ended = { scrapingJobId, status: "failed", errorMessage, completedAt: Date.now() } as const;
      await ctx.runMutation(internal.scraping.mutations.updateScrapingJob, ended);
      const consecutiveFailures = portal.consecutiveFailures + 1;
      await ctx.runMutation(internal.portals.updateStatus, { portalId, status: "failed", consecutiveFailures });
      throw error;
    }
  },
});

/** Asks Gleaner to stop a job. That it has stopped is told by its callback. */
export const cancelScraping = action({
  args: { scrapingJobId: v.id("scrapingJobs") },
  handler: async (ctx, { scrapingJobId }): Promise<null> => {
    const job = await ctx.runQuery(internal.scraping.queries.getJobForAction, { scrapingJobId });
    if (!job) throw new Error("Scraping job not found");
    await askAgent(`/cancel/${encodeURIComponent(job.agentJobId)}`, {});
    return null;
  },
});

/** Takes what a callback brought. May be called twice with the same: the second time changes nothing. */
export const processScrapingResults = internalAction({
  args: {
    agentJobId: v.string(),
    success: v.boolean(),
    agentStatus: v.optional(v.string()),
    opportunities: v.optional(v.array(v.any())),
    interactions: v.optional(v.array(v.any())),
    pagesScraped: v.optional(v.number()),
    duration: v.optional(v.number()),
    tokensUsed: v.optional(v.number()),
    error: v.optional(v.object({ message: v.string(), type: v.string() })),
  },
  handler: async (ctx, { agentJobId, success, agentStatus, duration = 0, error, ...brought }): Promise<null> => {
    const job = await ctx.runQuery(internal.scraping.queries.getByAgentJobId, { agentJobId });
    if (!job) {
      console.error(`Scraping job not found for agentJobId: ${agentJobId}`);
      return null;
    }
    const { portal, portalId, _id: scrapingJobId } = job;
    const { opportunities = [], interactions = [], pagesScraped = 0, tokensUsed = 0 } = brought;
    const now = Date.now();
    const ended = { scrapingJobId, completedAt: now, duration, ...(agentStatus === undefined ? {} : { agentStatus }) };
    if (!success) {
      const isCancelled = agentStatus === "cancelled";
      const isNews = await ctx.runMutation(internal.scraping.mutations.updateScrapingJob, {
        ...ended,
        status: isCancelled ? "cancelled" : "failed",
        ...(error ? { errorMessage: error.message, errorType: error.type } : {}),
      });
      const failures = { consecutiveFailures: (portal?.consecutiveFailures ?? 0) + 1 };
      const status = isCancelled ? ({ status: "pending" } as const) : ({ status: "failed", ...failures } as const);
      if (isNews) await ctx.runMutation(internal.portals.updateStatus, { portalId, lastScraped: now, ...status });
      return null;
    }
    const place = { state: portal?.state ?? "", capital: portal?.capital ?? "" };
    const scrapedDataId = await ctx.runMutation(internal.scraping.mutations.createScrapedData, {
      ...{ agentJobId, portalId, sourceUrl: portal?.url ?? "", ...place },
      ...{ opportunityCount: opportunities.length, interactions, pagesScraped, duration, tokensUsed },
    });
    for (let from = 0; from < opportunities.length; from += OPPORTUNITIES_AT_ONCE) {
      const some = opportunities.slice(from, from + OPPORTUNITIES_AT_ONCE);
      const saved = { scrapedDataId, portalId, opportunities: some, ...place };
      await ctx.runMutation(internal.scraping.mutations.saveOpportunities, saved);
    }
    const isNews = await ctx.runMutation(internal.scraping.mutations.updateScrapingJob, {
      ...ended,
      status: "completed",
      opportunitiesFound: opportunities.length,
      resultRecordId: scrapedDataId,
    });
    const well = { status: "completed", lastScraped: now, lastSuccessfulScrape: now, consecutiveFailures: 0 } as const;
    if (isNews) await ctx.runMutation(internal.portals.updateStatus, { portalId, ...well });
    return null;
  },
});
