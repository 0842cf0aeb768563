import { httpRouter } from "convex/server";
import { internal } from "./_generated/api.js";
import { httpAction } from "./_generated/server.js";
import { readCallback, received } from "./scraping/callback.ts";

const http = httpRouter();

/** Results of a job. */
http.route({
  path: "/api/scraping/callback",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const said = await readCallback(request);
    if (said instanceof Response) return said;
    await ctx.runAction(internal.scraping.actions.processScrapingResults, {
      agentJobId: said.jobId,
      success: said["success"] === true,
      ...known(said, "agentStatus", isText),
      ...known(said, "opportunities", Array.isArray),
      ...known(said, "interactions", Array.isArray),
      ...known(said, "pagesScraped", isNumber),
      ...known(said, "duration", isNumber),
      ...known(said, "tokensUsed", isNumber),
      ...errorIn(said["error"]),
    });
    return received();
  }),
});

/** How far a job is. */
http.route({
  path: "/api/scraping/progress",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const said = await readCallback(request);
    if (said instanceof Response) return said;
    await ctx.runMutation(internal.scraping.mutations.updateProgress, {
      agentJobId: said.jobId,
      ...known(said, "agentStatus", isText),
      ...known(said, "currentPage", isNumber),
      ...known(said, "totalPages", isNumber),
      ...known(said, "opportunitiesFound", isNumber),
      ...known(said, "currentAction", isText),
      ...toldAt(said["at"]),
    });
    return received();
  }),
});

/** A field, if it is what it should be; what Gleaner adds later is left out. */
function known<Name extends string, Value>(
  said: Readonly<Record<string, unknown>>,
  name: Name,
  is: (value: unknown) => value is Value,
): Partial<Record<Name, Value>> {
  const value = said[name];
  return is(value) ? ({ [name]: value } as Partial<Record<Name, Value>>) : {};
}

/** When Gleaner wrote it. */
function toldAt(at: unknown): { toldAt?: number } {
  const time = typeof at === "string" ? Date.parse(at) : NaN;
  return Number.isNaN(time) ? {} : { toldAt: time };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function errorIn(error: unknown): { error?: { message: string; type: string } } {
  if (typeof error !== "object" || error === null || !("message" in error)) return {};
  return { error: { message: String(error.message), type: "type" in error ? String(error.type) : "unknown" } };
}

export default http;
