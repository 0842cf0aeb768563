import type { Completeness, StopReason } from "./completeness.ts";
import type { WalkState } from "./walk/walk-state.ts";

/** What cut a run short, in words. The other reasons are ends that the pages themselves came to. */
const CUT_SHORT: Partial<Record<StopReason, string>> = {
  page_limit: "The page limit was reached before the list ended",
  time_limit: "The time limit was reached before the list ended",
  wall: "A page that needs a person stopped the run",
  login_failed: "The portal did not let us in any more",
  cancelled: "The run was cancelled",
  unreachable: "A page could not be reached",
  refused: "A page may not be asked for (address guard or robots.txt)",
  error_page: "The server answered with an error page",
  needs_browser: "The list goes on only in a browser",
  search_refused: "The portal refused what its search form was asked",
  drift: "The page is not the one the recipe was learnt on",
};

export interface Judged {
  readonly walk: WalkState;
  readonly stopped: StopReason;
  /** The page says in words that the list is empty. */
  readonly saysEmpty?: boolean;
  /** The page runs scripts, so that what a plain request brought may be less than a person sees. */
  readonly scripted: boolean;
  /** The pages were given by their addresses: no pager was followed. */
  readonly listed?: boolean;
  /** How sure the recipe is of its list, 0 to 1. Default 1. */
  readonly confidence?: number;
  /** What of the pages was not read as it was learnt, a sentence each. */
  readonly broken?: readonly string[];
}

/** Below it, a page on which nothing but the list itself says that it is whole says nothing. */
const SURE = 0.5;

/**
 * What a run may claim. `complete` needs proof: the declared total was found, all declared pages were seen, or the
 * site's own pager was followed to its end without a gap. Where nothing proves it, the answer is `unknown`.
 */
export function judgeCompleteness(judged: Judged): Completeness {
  const { walk, stopped } = judged;
  const { state, reason } = unlessBroken(verdict(judged), judged);
  return {
    state,
    reason,
    pagesSeen: walk.pages,
    pagesDeclared: walk.pagesDeclared,
    totalDeclared: walk.totalDeclared,
    found: walk.found,
    duplicates: walk.duplicates,
    gaps: gapsOf(walk),
    stopped,
  };
}

/** All records may be there and still lack what records had. */
function unlessBroken(said: Verdict, { walk, broken = [] }: Judged): Verdict {
  if (said.state !== "complete" || walk.found === 0 || broken.length === 0) return said;
  return unknown(`${said.reason} But the page is not read as it was learnt: ${broken.slice(0, 3).join(" ")}`);
}

type Verdict = Pick<Completeness, "state" | "reason">;

function verdict(judged: Judged): Verdict {
  const { walk, stopped } = judged;
  const cut = CUT_SHORT[stopped];
  if (cut) return incomplete(`${cut}${soFar(walk)}.`);
  const gaps = gapsOf(walk);
  if (gaps.length > 0) return incomplete(`Missing: ${gaps.slice(0, 10).join(", ")}${gaps.length > 10 ? " …" : ""}.`);
  if (walk.found === 0) return empty(judged);
  if (judged.listed === true)
    return byTotal(walk) ?? unknown("All given pages came; nothing on them says that they are the whole list.");
  return limited(walk) ?? byTotal(walk) ?? cutOff(walk) ?? byPages(walk, stopped) ?? leftAside(walk) ?? byPager(judged);
}

/** A page that speaks of a limit is believed as far as it was reached. */
function limited({ limit, found }: WalkState): Verdict | null {
  if (limit === null) return null;
  const { kind, records, quote } = limit;
  if (kind === "at-least" && records !== null)
    return found >= records ? null : incomplete(`The page says "${quote}", ${found} were found.`);
  if (kind === "at-most" && records !== null && found < records) return null;
  return unknown(`The page says "${quote}": there may be more than it shows.`);
}

function cutOff({ cut }: WalkState): Verdict | null {
  if (cut.length === 0) return null;
  return unknown(`The markup of page ${cut.slice(0, 5).join(", ")} ends in the middle: records may be missing there.`);
}

function leftAside({ elsewhere }: WalkState): Verdict | null {
  return elsewhere === null ? null : unknown(`The site offers more than was followed: ${elsewhere}.`);
}

function byTotal(walk: WalkState): Verdict | null {
  const { found, totalDeclared: total, highestTotal } = walk;
  if (total === null) return null;
  if (found >= total && highestTotal !== null && highestTotal > total)
    return unknown(
      `The declared total fell from ${highestTotal} to ${total} while the list was read: a record may have slipped from one page to another unseen.`,
    );
  if (found < total) return incomplete(`The page declares ${total} records, ${found} were found.`);
  if (found === total) return complete(`All ${total} declared records were found.`);
  // A record or two beyond the total are pinned ones that the site does not count; more of them mean that the
  // number is about something else.
  if (found - total <= Math.max(2, total * 0.02) && hasEnded(walk))
    return complete(`${total} records are declared, ${found} were found, and the pager ended.`);
  return unknown(`The page declares ${total} records, but ${found} were found: the number may mean something else.`);
}

function byPages(walk: WalkState, stopped: StopReason): Verdict | null {
  const { pagesDeclared: pages } = walk;
  if (pages === null) return null;
  if (walk.pages < pages) return incomplete(`The pager declares ${pages} pages, ${walk.pages} were seen.`);
  return stopped === "last_page" || stopped === "repeated_page"
    ? complete(`All ${pages} declared pages were seen.`)
    : null;
}

function byPager({ walk, stopped, scripted, confidence = 1 }: Judged): Verdict {
  if (stopped === "repeated_page")
    return unknown(
      `After page ${walk.pages} the site showed records again that were seen before, and it declares no total.`,
    );
  if (stopped === "no_records") return unknown("The last page that the pager led to held no records.");
  if (walk.brokeOff)
    return unknown(
      `What is pressed for more brought nothing after ${walk.found} records, and no total is declared: it may have failed.`,
    );
  if (walk.unanswered)
    return unknown(
      "The page's script asked for data and got no good answer, and no total is declared: the list may go on.",
    );
  if (walk.leapt) return unknown("The list shows only what is in view: what lies between two views may be missing.");
  if (walk.hadPager)
    return walk.pagerEnded
      ? complete(`The pager was followed to its end on page ${walk.current}.`)
      : unknown("The last page shows no pager any more, and no total is declared.");
  if (confidence < SURE) return unknown("It is not sure that what was found is the page's list.");
  const shown = walk.firstPageRecords;
  if (scripted ? looksCut(shown) : isPageSize(shown))
    return unknown(`The page shows ${shown} records without a pager or a total: the list may go on.`);
  return scripted
    ? complete(`The page shows ${shown} records, which is no page size, and has no pager.`)
    : complete("The page has no pager, no total and no script: all records stand on it.");
}

function empty({ stopped, saysEmpty }: Judged): Verdict {
  if (saysEmpty === true) return complete("The page says that the list is empty.");
  return stopped === "no_records"
    ? unknown("No records were found, and the page does not say that there are none.")
    : unknown("No records were found.");
}

/** Lists are cut at round numbers, and at multiples of 6, 8, 9 and 12 where they are drawn as a grid. */
export function looksCut(records: number): boolean {
  return records === 6 || [5, 8, 9, 12].some((part) => records % part === 0);
}

/**
 * "The 50 latest" stand on a page without any pager, and no word may say so. Without scripts nothing draws grids, so that only
 * the usual numbers are suspicious.
 */
function isPageSize(records: number): boolean {
  return records === 15 || (records >= 10 && [10, 12, 25].some((part) => records % part === 0));
}

/** Page numbers that the pagers named and nobody saw, and pages that did not come. */
function gapsOf({ numbersSeen, gaps }: WalkState): string[] {
  const highest = numbersSeen.reduce((high, number) => Math.max(high, number), 0);
  const seen = new Set(numbersSeen);
  const failed = gaps.filter((gap) => !seen.has(Number(gap.replace("page ", ""))));
  const missing: string[] = [];
  for (let page = 1; page <= highest && missing.length < 100; page += 1)
    if (!seen.has(page) && !failed.includes(`page ${page}`)) missing.push(`page ${page}`);
  return [...failed, ...missing];
}

function hasEnded({ hadPager, pagerEnded }: WalkState): boolean {
  return !hadPager || pagerEnded;
}

function soFar({ found, totalDeclared }: WalkState): string {
  return totalDeclared === null ? ` (${found} records so far)` : ` (${found} of ${totalDeclared} declared records)`;
}

const complete = (reason: string): Verdict => ({ state: "complete", reason });
const incomplete = (reason: string): Verdict => ({ state: "incomplete", reason });
const unknown = (reason: string): Verdict => ({ state: "unknown", reason });
