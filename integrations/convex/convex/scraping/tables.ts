import { defineTable } from "convex/server";
import { v } from "convex/values";

export const jobStatus = v.union(
  v.literal("pending"),
  v.literal("queued"),
  v.literal("in_progress"),
  v.literal("completed"),
  v.literal("failed"),
  v.literal("cancelled"),
);

export const priority = v.union(v.literal("high"), v.literal("normal"), v.literal("low"));

/** The tables of scraping. An application that has portals of its own keeps them, with at least these fields. */
export const scrapingTables = {
  portals: defineTable({
    name: v.string(),
    url: v.string(),
    state: v.optional(v.string()),
    capital: v.optional(v.string()),
    status: v.union(v.literal("pending"), v.literal("in_progress"), v.literal("completed"), v.literal("failed")),
    configuration: v.optional(
      v.object({
        requiresAuth: v.optional(v.boolean()),
        authCredentials: v.optional(v.object({ username: v.optional(v.string()), password: v.optional(v.string()) })),
        knownSelectors: v.optional(
          v.object({
            opportunityListSelector: v.optional(v.string()),
            nextButtonSelector: v.optional(v.string()),
            detailLinkSelector: v.optional(v.string()),
          }),
        ),
        maxPages: v.optional(v.number()),
        customInstructions: v.optional(v.string()),
      }),
    ),
    lastScraped: v.optional(v.number()),
    lastSuccessfulScrape: v.optional(v.number()),
    consecutiveFailures: v.number(),
  }).index("by_status", ["status"]),

  scrapingBatchJobs: defineTable({ name: v.string(), createdAt: v.number() }),

  scrapingJobs: defineTable({
    portalId: v.id("portals"),
    batchJobId: v.optional(v.id("scrapingBatchJobs")),
    status: jobStatus,
    /** The job's id at Gleaner. */
    agentJobId: v.string(),
    agentStatus: v.optional(v.string()),
    currentPage: v.optional(v.number()),
    totalPages: v.optional(v.number()),
    opportunitiesFound: v.optional(v.number()),
    currentAction: v.optional(v.string()),
    /** When the newest progress was written, in milliseconds since 1970. */
    toldAt: v.optional(v.number()),
    queuedAt: v.number(),
    startedAt: v.optional(v.number()),
    completedAt: v.optional(v.number()),
    duration: v.optional(v.number()),
    resultRecordId: v.optional(v.id("scrapedProcurementData")),
    errorMessage: v.optional(v.string()),
    errorType: v.optional(v.string()),
    retryCount: v.number(),
    createdAt: v.number(),
    updatedAt: v.number(),
  })
    .index("by_portal", ["portalId"])
    .index("by_status", ["status"])
    .index("by_agent_job_id", ["agentJobId"])
    .index("by_batch_job", ["batchJobId"]),

  scrapedProcurementData: defineTable({
    portalId: v.id("portals"),
    agentJobId: v.string(),
    sourceUrl: v.string(),
    state: v.string(),
    capital: v.string(),
    opportunityCount: v.number(),
    interactions: v.array(v.any()),
    pagesScraped: v.number(),
    duration: v.number(),
    tokensUsed: v.number(),
    scrapedAt: v.number(),
  })
    .index("by_portal", ["portalId"])
    .index("by_agent_job_id", ["agentJobId"])
    .index("by_time", ["scrapedAt"]),

  opportunities: defineTable({
    portalId: v.id("portals"),
    scrapedDataId: v.id("scrapedProcurementData"),
    /** What makes it the same opportunity in the next job: reference, id, address or title. */
    key: v.string(),
    title: v.string(),
    referenceNumber: v.optional(v.string()),
    closingDate: v.optional(v.string()),
    detailUrl: v.optional(v.string()),
    state: v.string(),
    capital: v.string(),
    /** All that Gleaner told of it, evidence included. */
    data: v.any(),
    firstSeenAt: v.number(),
    lastSeenAt: v.number(),
  }).index("by_portal_and_key", ["portalId", "key"]),
};
