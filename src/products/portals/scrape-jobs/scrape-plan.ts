import type { HarvestRequest } from "#engines/harvest";
import type { Portal } from "../portals/portal.ts";
import type { ScrapeRequest } from "./scrape-request.ts";

export interface ScrapeDefaults {
  /** `MAX_PAGES_PER_PORTAL`. */
  maxPages: number;
  /** Longest time that one attempt may take. */
  maxMs: number;
}

/** How a job goes about it: the request says it first, then the portal, then the defaults. A portal's recipe is replayed on its own address only. */
export function planOf(
  { url, configuration }: ScrapeRequest,
  portal: Portal,
  defaults: ScrapeDefaults,
): HarvestRequest {
  const { maxPages, details, navigationHints } = configuration;
  const hints = navigationHints ?? portal.configuration.navigationHints;
  const recipe = portal.recipeId !== null && portal.url === url ? { recipeId: portal.recipeId } : { url };
  return {
    ...recipe,
    maxPages: maxPages ?? portal.configuration.maxPages ?? defaults.maxPages,
    maxMs: defaults.maxMs,
    details: details ?? portal.configuration.details ?? hints?.detailLinkSelector !== undefined,
    robots: portal.robots,
  };
}
