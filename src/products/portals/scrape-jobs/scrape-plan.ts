import type { HarvestRequest } from "#engines/harvest";
import type { Portal } from "../portals/portal.ts";
import type { ScrapeRequest } from "./scrape-request.ts";

export interface ScrapeDefaults {
  /** `MAX_PAGES_PER_PORTAL`. */
  maxPages: number;
  /** Longest time that one attempt may take. */
  maxMs: number;
}

/** The documented patterns, in the words of those who learn. */
const GOES_ON = { pagination: "pages", "ajax-load": "load-more", "infinite-scroll": "scroll" } as const;

/**
 * How a job goes about it: the request says it first, then the portal, then the defaults. A recipe that an earlier attempt
 * learnt is replayed; a portal's own one too, on the portal's own address.
 */
export function planOf(
  { url, configuration }: ScrapeRequest,
  portal: Portal,
  defaults: ScrapeDefaults,
  learnt: string | null,
): HarvestRequest {
  const { maxPages, details, rateLimit, navigationHints } = configuration;
  const inputs = configuration.inputs ?? portal.configuration.inputs;
  const zone = (configuration.reading ?? portal.configuration.reading)?.timezone;
  const hints = navigationHints ?? portal.configuration.navigationHints;
  const pattern = configuration.navigationPattern ?? portal.configuration.navigationPattern;
  const recipeId = learnt ?? (portal.url === url ? portal.recipeId : null);
  return {
    ...(recipeId === null ? { url } : { recipeId }),
    maxPages: maxPages ?? portal.configuration.maxPages ?? defaults.maxPages,
    maxMs: defaults.maxMs,
    details: details ?? portal.configuration.details ?? hints?.detailLinkSelector !== undefined,
    ...(hints?.opportunityListSelector === undefined ? {} : { listSelector: hints.opportunityListSelector }),
    ...(hints?.nextButtonSelector === undefined ? {} : { nextSelector: hints.nextButtonSelector }),
    ...(hints?.detailLinkSelector === undefined ? {} : { detailSelector: hints.detailLinkSelector }),
    ...(pattern === undefined ? {} : { goesOn: GOES_ON[pattern] }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    robots: portal.robots,
    minDelayMs: rateLimit ?? portal.configuration.rateLimit ?? 0,
  };
}
