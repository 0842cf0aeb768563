import { firstPart, type Page } from "#engines/extraction";
import { judgeCompleteness } from "../judge-completeness.ts";
import type { Completeness, StopReason } from "../completeness.ts";
import type { HarvestAlarm } from "../progress.ts";
import type { Checkpoint, RunOutcome } from "../runs/run.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import { newWalk, type WalkState } from "../walk/walk-state.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import { harvestAddresses } from "./harvest-addresses.ts";
import { lostDetails } from "./detail-history.ts";
import { harvestDetails } from "./harvest-details.ts";
import { passGates } from "./pass-gates.ts";
import type { Restored } from "./restore-run.ts";
import { questionOf } from "../searching/plan-inputs.ts";
import { note, noteDrift, type RunContext } from "./run-context.ts";
import { takePage } from "./take-page.ts";
import { walkPages } from "./walk-pages.ts";
import { driftAlarm, shrinkAlarm } from "./watch-history.ts";

const RUNS_TO_COMPARE = 5;

export interface RunStart {
  readonly restored: Restored;
  /** Where a run that was cut off stood. */
  readonly checkpoint: Checkpoint | null;
  /** The visitor that learnt the recipe, and the page it stands on. */
  readonly visit: { readonly source: PageSource; readonly fetched: FetchedPage; readonly page: Page } | null;
}

export interface RunEnd {
  readonly completeness: Completeness;
  readonly outcome: RunOutcome;
}

/** Runs a recipe to its end: list pages, then details, then the verdict. Throws only what no answer of a portal can cause. */
export async function runHarvest(context: RunContext, start: RunStart): Promise<RunEnd> {
  const { addresses } = context.request;
  const end = addresses ? await runAddresses(context, start, addresses) : await runWalk(context, start);
  const lost = await context.history.lost();
  noteDrift(context, lost.signs);
  for (const sentence of lost.notes) note(context, sentence);
  const broken = context.drift.filter(({ severity }) => severity === "broken").map(({ message }) => message);
  const completeness = judgeCompleteness({
    ...end,
    listed: addresses !== null,
    confidence: context.recipe.learned.confidence,
    broken: [...new Set([...broken, ...lost.doubts])],
  });
  const alarms = await alarmsOf(context, completeness);
  for (const alarm of alarms) context.onProgress({ kind: "alarm", run: context.run, alarm });
  const { wall, notes, interactions } = context;
  return { completeness, outcome: { wall, alarms, notes: [...notes], interactions } };
}

interface WalkEnd {
  readonly walk: WalkState;
  readonly stopped: StopReason;
  readonly scripted: boolean;
  readonly saysEmpty?: boolean;
}

async function runAddresses(context: RunContext, start: RunStart, addresses: readonly string[]): Promise<WalkEnd> {
  const { restored, visit } = start;
  const { found, duplicates, done } = restored;
  const walk = { ...newWalk(null), found, duplicates, pages: done.size };
  await visit?.source.close();
  const end = await harvestAddresses(context, { addresses, done, walk });
  return { ...end, stopped: (await detailsAfter(context, end.stopped, null)) ?? end.stopped };
}

async function runWalk(context: RunContext, start: RunStart): Promise<WalkEnd> {
  const { checkpoint, visit } = start;
  const source = visit?.source ?? (await context.openSource(checkpoint?.cookies ?? null));
  try {
    const from = checkpoint ? { ...checkpoint, walk: { ...newWalk(null), ...checkpoint.walk } } : entryOf(context);
    if (checkpoint) await returnToPage(context, source, checkpoint);
    const given = visit && { ok: true as const, fetched: visit.fetched, page: visit.page };
    const end = await walkPages(context, source, from, given ?? undefined);
    const { walk, scripted, saysEmpty } = end;
    const stopped = end.stopped ?? "last_page";
    return { walk, scripted, saysEmpty, stopped: (await detailsAfter(context, stopped, source)) ?? stopped };
  } finally {
    await source.close();
  }
}

/** Details follow a walk that ended by itself or at a page limit; after a wall or a cancel nothing more is asked. */
async function detailsAfter(
  context: RunContext,
  stopped: StopReason,
  visitor: PageSource | null,
): Promise<StopReason | null> {
  const { recipe, request } = context;
  if (request.details && !recipe.detail)
    note(context, "The recipe holds no details: learn the page again with details.");
  if (
    !request.details ||
    !recipe.detail ||
    ["wall", "login_failed", "search_refused", "cancelled", "time_limit"].includes(stopped)
  )
    return null;
  const source = visitor ?? (await context.openSource(null));
  try {
    const stopped = await harvestDetails(context, { recipe: recipe.detail, source });
    if (stopped === null) noteDrift(context, await lostDetails(context));
    return stopped;
  } finally {
    if (!visitor) await source.close();
  }
}

function openingStep({ recipe: { endpoint, entry, source }, request }: RunContext): WalkStep {
  if (request.endpoint === true && endpoint) return firstPart(endpoint);
  return { kind: "open", url: entry.url ?? source.url ?? "" };
}

function entryOf(context: RunContext): Checkpoint {
  return {
    walk: newWalk(context.recipe.pagination.addresses),
    next: openingStep(context),
    stopped: null,
    cookies: null,
    referer: context.request.endpoint === true ? context.recipe.source.url : null,
    scripted: false,
    saysEmpty: false,
  };
}

/**
 * A step that a script takes works only on the page it stands on. A page that grew is grown again; its records are
 * known and count as nothing new.
 */
async function returnToPage(context: RunContext, source: PageSource, { next, walk }: Checkpoint): Promise<void> {
  const standsOnPage =
    next?.kind === "click" || next?.kind === "scroll" || (next?.kind === "form" && source.transport === "browser");
  // What a search found may hang on the session, and a browser's is a new one.
  const isFound = source.transport === "browser" && (context.request.inputs ?? []).length > 0;
  if (!next || !(standsOnPage || isFound)) return;
  const entry = await takePage(context, source, { step: openingStep(context), referer: null });
  if (!entry.ok) return;
  await passGates(context, source, entry);
  if (!standsOnPage) return;
  for (let page = 1; page < walk.pages; page += 1) {
    const taken = await takePage(context, source, { step: next, referer: entry.fetched.url });
    if (!taken.ok) return;
  }
}

async function alarmsOf(
  { runs, recipeId, drift, request }: RunContext,
  { found, stopped }: Completeness,
): Promise<HarvestAlarm[]> {
  const cutShort: StopReason[] = ["cancelled", "time_limit", "page_limit", "wall", "login_failed", "search_refused"];
  const history = cutShort.includes(stopped)
    ? []
    : await runs.latestCounts(recipeId, questionOf(request.inputs), RUNS_TO_COMPARE);
  return [shrinkAlarm(found, history), driftAlarm(drift)].filter((alarm) => alarm !== null);
}
