import type { StopReason } from "../completeness.ts";
import type { HarvestResult } from "../harvest-request.ts";

/** What ends a run whatever it reads. */
const ENDS_ALL: ReadonlySet<StopReason> = new Set([
  "cancelled",
  "time_limit",
  "page_limit",
  "wall",
  "login_failed",
  "search_refused",
]);

/** An endpoint that was well at first and did not bring the rest: the page that it was learnt from may. */
export function isEndpointLost({ completeness, reason }: HarvestResult): boolean {
  return completeness.state === "incomplete" && !ENDS_ALL.has(reason);
}

/** For the run that reads the page in its place. */
export function lostUnderWay({ recordCount, run }: HarvestResult): string {
  return `The address that the page's script gets the records from was lost after ${recordCount} records (run ${run}): the page itself was read from the start, in a browser.`;
}

/** What counts of the two runs. An endpoint that is lost says why nothing more was found, where the page shows no more either. */
export function betterOf(endpoint: HarvestResult, page: HarvestResult): HarvestResult {
  if (page.recordCount > endpoint.recordCount) return page;
  const { recordCount, completeness } = page;
  return withNote(
    endpoint,
    `The address that the page's script gets the records from was lost under way, and the page itself showed no more: ${recordCount} records (${completeness.reason}).`,
  );
}

export function withNote(result: HarvestResult, note: string): HarvestResult {
  return { ...result, notes: [...result.notes, note] };
}
