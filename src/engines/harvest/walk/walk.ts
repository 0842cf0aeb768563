import type { OnwardStep } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import { pageNumberOf, stepKey, type WalkStep } from "./walk-step.ts";
import type { Decision, PageSeen, WalkState } from "./walk-state.ts";

const MOST_FAILURES_IN_A_ROW = 3;
const MOST_AHEAD = 500;

/** Whether a request like this was made before in this run. */
type WasAsked = (key: string) => boolean;

/** A page came: which one is next, or why there is none. Pure; every effect of the walk follows from its answer. */
export function pageCame(before: WalkState, page: PageSeen, wasAsked: WasAsked): Decision {
  if (isWhole(page.step)) return wholeCame(before, page, wasAsked);
  const state = remember(before, page, wasAsked);
  const clicked = page.step.kind === "click" || page.step.kind === "scroll";
  if (page.records === 0 && page.emptyIsEnd && before.pages > 0) return { state, next: null, stop: "last_page" };
  if (page.records === 0) return onward(state, [], wasAsked, "no_records");
  if (page.fresh === 0 && before.pages > 0) {
    if (clicked) {
      const brokeOff = page.step.kind === "click";
      return { state: { ...state, pagerEnded: state.hadPager && !brokeOff, brokeOff }, next: null, stop: "last_page" };
    }
    return onward(state, [], wasAsked, "repeated_page");
  }
  const decision = onward(state, page.steps, (key) => wasAsked(key) && key !== stepKey(page.step), "last_page");
  const mayGrow = page.scrolls && (!state.hadPager || page.grew || page.step.kind === "scroll");
  return decision.stop && mayGrow ? { state, next: { kind: "scroll", role: "more" }, stop: null } : decision;
}

/**
 * What was asked for as the whole list shows again what was seen: then its other records belong to the list too. What
 * shows something else is another list, and what it holds is left alone.
 */
function wholeCame(before: WalkState, page: PageSeen, wasAsked: WasAsked): Decision {
  const known = page.records - page.fresh;
  if (page.records === 0 || known * 2 < before.firstPageRecords)
    return {
      state: { ...before, elsewhere: page.step.kind === "form" ? before.elsewhere : null },
      next: null,
      stop: "last_page",
    };
  const state = {
    ...remember(before, page, wasAsked),
    duplicates: before.duplicates,
    hadPager: true,
    pagerEnded: page.pager !== "leads-on",
    elsewhere: page.elsewhere,
  };
  return onward(
    state,
    page.steps.filter((step) => !isWhole(step)),
    wasAsked,
    "last_page",
  );
}

/** A page did not come. Other pages of a numbered pager may still be had; the gap stays. */
export function pageFailed(before: WalkState, step: WalkStep, reason: StopReason, wasAsked: WasAsked): Decision {
  // Nothing is missing that the pager promised; that more may be there is known.
  if (isWhole(step) && (reason === "unreachable" || reason === "error_page" || reason === "refused"))
    return { state: before, next: null, stop: "last_page" };
  const number = pageNumberOf(step) ?? before.current + 1;
  const failuresInARow = before.failuresInARow + 1;
  const state = { ...before, gaps: [...before.gaps, `page ${number}`], failuresInARow, current: number };
  const goesOn = (reason === "unreachable" || reason === "error_page") && failuresInARow < MOST_FAILURES_IN_A_ROW;
  return goesOn ? onward(state, [], wasAsked, reason) : { state, next: null, stop: reason };
}

function remember(before: WalkState, page: PageSeen, wasAsked: WasAsked): WalkState {
  const number = page.pageDeclared ?? pageNumberOf(page.step) ?? before.current + 1;
  const first = before.pages === 0;
  return {
    ...before,
    pages: before.pages + (first || page.fresh > 0 ? 1 : 0),
    found: before.found + page.fresh,
    duplicates: before.duplicates + (isGrowth(before, page) ? 0 : page.records - page.fresh),
    totalDeclared: page.total ?? before.totalDeclared,
    pagesDeclared: page.pagesDeclared ?? before.pagesDeclared,
    current: number,
    numbersSeen: before.numbersSeen.includes(number) ? before.numbersSeen : [...before.numbersSeen, number],
    ahead: mergeAhead(before, page.steps, number, wasAsked),
    failuresInARow: 0,
    pagerEnded: page.pager === "ended" || hasGivenAll(before, page),
    hadPager:
      before.hadPager || page.pager !== "absent" || page.grew || (page.step.kind === "scroll" && page.fresh > 0),
    lastPageRecords: page.records,
    firstPageRecords: first ? page.records : before.firstPageRecords,
    cut: page.isCut ? [...before.cut, number] : before.cut,
    unanswered: page.unanswered > 0 && growsByScript(page),
    leapt: before.leapt || (page.step.kind === "scroll" && page.fresh > 0 && page.fresh === page.records),
    elsewhere: before.elsewhere ?? page.elsewhere,
    limit: before.limit ?? page.limit,
    highestTotal: page.total === null ? before.highestTotal : Math.max(before.highestTotal ?? 0, page.total),
  };
}

/** Numbered steps are remembered while they can be asked from anywhere: addresses can, post-backs belong to their page. */
function mergeAhead(
  before: WalkState,
  steps: readonly OnwardStep[],
  current: number,
  wasAsked: WasAsked,
): OnwardStep[] {
  const known = new Map(before.ahead.map((step) => [pageNumberOf(step), step]));
  for (const step of steps) {
    const number = pageNumberOf(step);
    if (step.kind === "link" && number !== null && !before.numbersSeen.includes(number)) known.set(number, step);
  }
  known.delete(current);
  return [...known.values()]
    .filter((step) => !asked(step, wasAsked))
    .sort((a, b) => (pageNumberOf(a) ?? 0) - (pageNumberOf(b) ?? 0))
    .slice(0, MOST_AHEAD);
}

function onward(state: WalkState, steps: readonly OnwardStep[], wasAsked: WasAsked, otherwise: StopReason): Decision {
  const next =
    steps.find((step) => isNext(step) && !asked(step, wasAsked)) ??
    nextNumbered(state, steps, wasAsked) ??
    steps.find((step) => step.role === "more" && !asked(step, wasAsked)) ??
    steps.find((step) => step.role === "all" && !asked(step, wasAsked)) ??
    state.ahead.find((step) => !asked(step, wasAsked)) ??
    (otherwise === "no_records" ? null : byAddress(state, wasAsked));
  return next ? { state, next, stop: null } : { state, next: null, stop: otherwise };
}

function nextNumbered(state: WalkState, steps: readonly OnwardStep[], wasAsked: WasAsked): OnwardStep | null {
  const wanted = steps.filter((step) => {
    const number = pageNumberOf(step);
    return number !== null && number > state.current && !state.numbersSeen.includes(number) && !asked(step, wasAsked);
  });
  return wanted.sort((a, b) => (pageNumberOf(a) ?? 0) - (pageNumberOf(b) ?? 0))[0] ?? null;
}

/** Where the pager has a gap or ends before the pages it declares, the pattern of its addresses gives the missing one. */
function byAddress({ addresses, numbersSeen, pagesDeclared, gaps }: WalkState, wasAsked: WasAsked): WalkStep | null {
  if (!addresses) return null;
  const highest = Math.max(pagesDeclared ?? 0, ...numbersSeen);
  for (let page = 1; page <= Math.min(highest, numbersSeen.length + gaps.length + MOST_AHEAD); page += 1) {
    if (numbersSeen.includes(page) || gaps.includes(`page ${page}`)) continue;
    const offset = addresses.first + (page - 1) * addresses.step;
    const url = addresses.template.replace("{n}", String(offset));
    const step: WalkStep = { kind: "link", url, role: "page", label: String(page), page };
    if (!asked(step, wasAsked)) return step;
  }
  return null;
}

function asked(step: WalkStep, wasAsked: WasAsked): boolean {
  const key = stepKey(step);
  return key !== null && wasAsked(key);
}

function isWhole(step: WalkStep): boolean {
  return "role" in step && step.role === "all";
}

function isNext(step: OnwardStep): boolean {
  return step.role === "next";
}

/** Its records come by what its script asks for, not by addresses of pages: what failed may have been records. */
function growsByScript({ step, pager }: PageSeen): boolean {
  return step.kind === "scroll" || step.kind === "click" || pager === "absent";
}

/** What is pressed for more brought the rest and took itself away. */
function hasGivenAll(before: WalkState, page: PageSeen): boolean {
  return page.step.kind === "click" && page.pager === "absent" && page.fresh > 0 && isGrowth(before, page);
}

/** The page stayed and grew: what it showed before is shown again, and is no duplicate. */
function isGrowth({ lastPageRecords }: WalkState, { step, records, fresh }: PageSeen): boolean {
  return (step.kind === "scroll" || step.kind === "click") && records - fresh >= lastPageRecords;
}
