import { classifyPage, refusalText, type Page } from "#engines/extraction";
import { searchRefused } from "../errors.ts";
import type { StopReason } from "../completeness.ts";
import { isCleared, MOST_WALLS } from "../people.ts";
import { pageSeen } from "../records/page-seen.ts";
import { readPage, type ReadPage } from "../records/read-page.ts";
import { packRecords } from "../records/pack-records.ts";
import type { Checkpoint } from "../runs/run.ts";
import { hasScript } from "../sources/page-elements.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import { openSteps, passGates } from "./pass-gates.ts";
import { actionOf, labelOf, stepKey, type WalkStep } from "../walk/walk-step.ts";
import type { Decision, WalkState } from "../walk/walk-state.ts";
import { pageCame, pageFailed } from "../walk/walk.ts";
import { saidIn } from "../searching/ask-search.ts";
import { keepPage, storeBytes } from "./keep-page.ts";
import { note, noteDrift, noteInteraction, type RunContext } from "./run-context.ts";
import { failed, takePage, wallAt, type Taken } from "./take-page.ts";

type Came = Extract<Taken, { ok: true }>;

interface Walking {
  readonly context: RunContext;
  readonly source: PageSource;
  checkpoint: Checkpoint;
  /** The commit of the page before: at most one is on its way while the next page is asked for. */
  committing: Promise<void>;
}

/** Follows the pager from where the checkpoint stands until there is nothing left to follow. */
export async function walkPages(
  context: RunContext,
  source: PageSource,
  from: Checkpoint,
  entry?: Came,
): Promise<Checkpoint> {
  const walking: Walking = { context, source, checkpoint: from, committing: Promise.resolve() };
  let given = entry;
  while (walking.checkpoint.next !== null && walking.checkpoint.stopped === null) {
    const limit = limitOf(context, walking.checkpoint.walk);
    if (limit) {
      walking.checkpoint = { ...walking.checkpoint, stopped: limit };
      break;
    }
    await takeOne(walking, walking.checkpoint.next, given);
    given = undefined;
  }
  await walking.committing;
  await context.commits.add({ checkpoint: walking.checkpoint });
  return walking.checkpoint;
}

async function takeOne(walking: Walking, step: WalkStep, given: Came | undefined): Promise<void> {
  const { context, source } = walking;
  const key = stepKey(step);
  if (key !== null) context.asked.add(key);
  const { referer } = walking.checkpoint;
  const take = () => takePage(context, source, { step, referer });
  let taken = given ?? (await take());
  for (let walls = 0; ; walls += 1) {
    const arrived = taken.ok ? await arrive(walking, taken) : taken;
    if (arrived.ok) return (await hasMovedAway(walking, arrived)) ? undefined : accept(walking, arrived);
    const again = arrived.reason === "wall" && walls < MOST_WALLS ? await afterWall(context, source, take) : null;
    if (!again) return fail(walking, step, arrived);
    taken = again;
  }
}

/** A person may clear the wall: then what it stood before is asked for again. Null when nobody did. */
async function afterWall(context: RunContext, source: PageSource, take: () => Promise<Taken>): Promise<Taken | null> {
  if (!context.wall) return null;
  const startedAt = performance.now();
  const { url, kind } = context.wall;
  const cleared = await isCleared(source, context.wall, context.signal);
  if (context.signal.aborted) {
    context.wall = null;
    return failed(context, context.signal.reason);
  }
  if (!cleared) return null;
  const at = context.clock();
  const durationMs = performance.now() - startedAt;
  noteInteraction(context, { action: "wall", url, label: kind, at, durationMs, ok: true, records: 0 });
  context.wall = null;
  return take();
}

type Arrived = Came & { readonly read: ReadPage };

/** Reads the page; where it holds no records, passes the notice or opens the frame that stands before them. */
async function arrive(
  { context, source, checkpoint }: Walking,
  taken: Came,
): Promise<Arrived | Extract<Taken, { ok: false }>> {
  const { recipe, known, request } = context;
  const options = { recipe, known, embedded: request.embedded };
  const read = readPage(taken.page, options);
  const first = checkpoint.walk.pages === 0;
  const mayBeBefore = first && openSteps(recipe).length > 0;
  if (read.extraction.records.length > 0 && !mayBeBefore) return { ...taken, read };
  const wall = wallAt(context, taken.fetched, taken.page);
  if (wall) {
    // What a person is asked to look at is kept as well.
    await storeBytes(context, taken.fetched);
    return wall;
  }
  const passed = await passGates(context, source, taken);
  if (passed === null) return { ...taken, read };
  if (!passed.ok) return passed;
  const behind = readPage(passed.page, options);
  const hasRecords = behind.extraction.records.length > 0;
  const refusal = passed.searched ? refusalText(passed.page, passed.searched, hasRecords) : null;
  if (refusal !== null) return searchRefusal(context, refusal);
  return hasRecords || !first || passed.searched ? { ...passed, read: behind } : { ...taken, read };
}

function searchRefusal({ request }: RunContext, words: string): Extract<Taken, { ok: false }> {
  return { ok: false, reason: "search_refused", message: searchRefused(saidIn(request.inputs ?? []), words) };
}

/**
 * A page that is still read, but wrongly: records of the last good run tell. Nothing of it is kept as records, so that no
 * wrong value is served; the page itself is, for whoever looks at it or heals the recipe.
 */
async function hasMovedAway(walking: Walking, { fetched, page, read }: Arrived): Promise<boolean> {
  const { context, checkpoint } = walking;
  if (fetched.reusedArtifact !== null) return false;
  const moved = await context.history.judge(page, read, checkpoint.walk.pages);
  if (moved.length === 0) return false;
  noteDrift(context, moved);
  walking.checkpoint = { ...checkpoint, next: null, stopped: "drift", referer: fetched.url };
  await walking.committing;
  await keepPage(context, {
    number: checkpoint.walk.pages + 1,
    fetched,
    fresh: { packed: packRecords([], []), count: 0, unverified: 0 },
    recordCount: read.extraction.records.length,
    artifact: await storeBytes(context, fetched),
    checkpoint: walking.checkpoint,
  });
  return true;
}

async function accept(walking: Walking, { fetched, page, read }: Arrived): Promise<void> {
  const { context, source, checkpoint } = walking;
  const seen = pageSeen(source, { fetched, page, read }, { isFirst: checkpoint.walk.pages === 0 });
  const decision = pageCame(checkpoint.walk, seen, (key) => context.asked.has(key));
  const counts = decision.state.pages > checkpoint.walk.pages;
  const cookies = await source.cookies();
  const isEmpty = read.extraction.records.length === 0 && saysEmpty(page);
  walking.checkpoint = {
    walk: decision.state,
    next: decision.next,
    stopped: isEmpty ? decision.stop : stopOf(context, decision, read),
    cookies,
    // What a script asks for is asked from its page, whatever the part.
    referer: fetched.step.kind === "request" ? checkpoint.referer : fetched.url,
    scripted: checkpoint.scripted || hasScript(page) || context.recipe.list.embedded !== undefined,
    saysEmpty: isEmpty,
  };
  await walking.committing;
  walking.committing = keep(context, { fetched, read, counts, checkpoint: walking.checkpoint });
  // Nobody may be left waiting for it when the next page throws.
  walking.committing.catch(() => undefined);
  noteDrift(context, await context.history.note(read, checkpoint.walk.pages));
  tell(context, { fetched, read, state: decision.state });
}

async function keep(
  context: RunContext,
  {
    fetched,
    read,
    counts,
    checkpoint,
  }: { fetched: FetchedPage; read: ReadPage; counts: boolean; checkpoint: Checkpoint },
): Promise<void> {
  const artifact = await storeBytes(context, fetched);
  if (!counts) return context.commits.add({ checkpoint });
  const recordCount = read.extraction.records.length;
  const packed = packRecords(read.fresh, context.recipe.fields);
  const fresh = { packed, count: read.fresh.length, unverified: read.unverified };
  await keepPage(context, { number: checkpoint.walk.pages, fetched, fresh, recordCount, artifact, checkpoint });
}

function fail(walking: Walking, step: WalkStep, { reason, message }: Extract<Taken, { ok: false }>): void {
  const { context, checkpoint } = walking;
  if (reason === "cancelled") {
    // The page did not fail, it was not waited for: who resumes the run asks for it again.
    walking.checkpoint = { ...checkpoint, stopped: reason };
    return;
  }
  const decision = pageFailed(checkpoint.walk, step, reason, (key) => context.asked.has(key));
  note(context, message);
  const url = "url" in step ? step.url : (checkpoint.referer ?? "");
  const at = context.clock();
  noteInteraction(context, {
    action: actionOf(step),
    url,
    label: labelOf(step),
    at,
    durationMs: 0,
    ok: false,
    records: 0,
    stopped: reason,
  });
  walking.checkpoint = { ...checkpoint, walk: decision.state, next: decision.next, stopped: decision.stop };
}

/** A first page without records, where the recipe promised some, has moved away from its recipe. */
function stopOf({ recipe }: RunContext, { stop, state }: Decision, { extraction }: ReadPage): StopReason | null {
  const broken = extraction.drift.some(({ severity }) => severity === "broken");
  if (stop === "no_records" && state.pages === 1 && broken && recipe.checks.records.min > 0) return "drift";
  return stop;
}

function limitOf({ request, signal, timeIsUp }: RunContext, { pages }: WalkState): StopReason | null {
  if (signal.aborted) return timeIsUp() ? "time_limit" : "cancelled";
  return pages >= request.maxPages ? "page_limit" : null;
}

function tell(
  context: RunContext,
  { fetched, read, state }: { fetched: FetchedPage; read: ReadPage; state: WalkState },
): void {
  const { run, onProgress, logger } = context;
  const { step, url, capturedAt: at, durationMs, picture } = fetched;
  const records = read.fresh.length;
  const seen = picture === undefined ? {} : { picture };
  noteInteraction(context, {
    action: actionOf(step),
    url,
    label: labelOf(step),
    at,
    durationMs,
    ok: true,
    records,
    ...seen,
  });
  const { totalDeclared, pagesDeclared, found, pages: page } = state;
  const reused = fetched.reusedArtifact !== null;
  onProgress({ kind: "page", run, page, url, records, found, totalDeclared, pagesDeclared, reused });
  logger.debug("harvest.page", { run, page, records, reused });
}

function saysEmpty(page: Page): boolean {
  const { kind, confidence } = classifyPage(page, { list: null });
  return kind === "empty" && confidence >= 0.7;
}
