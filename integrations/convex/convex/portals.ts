import { v } from "convex/values";
import { internalMutation, internalQuery } from "./_generated/server.js";

export const getById = internalQuery({
  args: { portalId: v.id("portals") },
  handler: (ctx, { portalId }) => ctx.db.get(portalId),
});

/** `consecutiveFailures` left out: one more after a failure, none after a success. */
export const updateStatus = internalMutation({
  args: {
    portalId: v.id("portals"),
    status: v.union(v.literal("pending"), v.literal("in_progress"), v.literal("completed"), v.literal("failed")),
    lastScraped: v.optional(v.number()),
    lastSuccessfulScrape: v.optional(v.number()),
    consecutiveFailures: v.optional(v.number()),
  },
  handler: async (ctx, { portalId, ...news }) => {
    await ctx.db.patch(portalId, news);
  },
});
