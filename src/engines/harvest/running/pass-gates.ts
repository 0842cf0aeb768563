import { inputsOf, takeEntryStep, type EntryStep, type Page, type Recipe } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import { noticeStep } from "../sources/notice-step.ts";
import { framesOf } from "../sources/page-elements.ts";
import type { PageSource } from "../sources/page-source.ts";
import { labelOf, type WalkStep } from "../walk/walk-step.ts";
import { noteInteraction, type RunContext } from "./run-context.ts";
import { saidIn } from "../searching/ask-search.ts";
import { storeBytes } from "./keep-page.ts";
import { takePage, type Taken } from "./take-page.ts";

type Came = Extract<Taken, { ok: true }>;
/** `searched`: the page whose search form led here. */
type Passed = Came & { readonly searched?: Page };
type Gone = { readonly ok: false; readonly reason: StopReason; readonly message: string };

const MOST_GATES = 4;

/**
 * Passes what stands before the list: a notice that wants to be accepted, the frame that the list stands in. The page
 * behind counts as reached by the step that led to the gate. Null when nothing stands before it.
 */
export async function passGates(context: RunContext, source: PageSource, at: Came): Promise<Passed | Gone | null> {
  const open = openSteps(context.recipe);
  let current = at;
  let opened = 0;
  let searched: Page | null = null;
  for (let gates = 0; gates < MOST_GATES + open.length; gates += 1) {
    const next = open[opened] ?? null;
    const gate = gateOf(context.recipe, current, next);
    if (!gate) break;
    if (gate.action === "entry") opened += 1;
    if (gate.inputs.length > 0) searched ??= current.page;
    await storeBytes(context, current.fetched);
    const taken = await takePage(context, source, { step: gate.step, referer: current.fetched.url });
    note(context, gate, taken);
    if (!taken.ok) return taken;
    current = taken;
  }
  // What another search finds, or none, is not what was asked for.
  if (open.slice(opened).some((step) => inputsOf(step).length > 0 || searched)) return NO_SEARCH;
  if (current === at) return null;
  return { ...current, fetched: { ...current.fetched, step: at.fetched.step }, ...(searched ? { searched } : {}) };
}

const NO_SEARCH: Gone = {
  ok: false,
  reason: "drift",
  message: "The search form that the recipe asks is not on the page any more: learn the page again with its inputs.",
};

/** Steps of the way in that are taken in their order at every run, whatever the page shows. */
export function openSteps({ entry }: Recipe): EntryStep[] {
  return (entry.steps ?? []).filter(({ role }) => role === "open");
}

export interface Gate {
  readonly action: "consent" | "entry" | "frame";
  readonly step: WalkStep;
  /** Names of the inputs that it writes. */
  readonly inputs: readonly string[];
}

/** What stands between this page and the list: a notice first, then the next step of the way in, then a frame. */
export function gateOf(
  recipe: Recipe,
  { fetched, page }: Pick<Came, "fetched" | "page">,
  open: EntryStep | null,
): Gate | null {
  const consent = noticeStep(page);
  if (consent) return { action: "consent", step: consent, inputs: [] };
  const entry = open && takeEntryStep(open, page);
  if (open && entry) return { action: "entry", step: entry, inputs: inputsOf(open) };
  const frame = (recipe.entry.steps ?? []).find(({ role }) => role === "frame");
  const url = frame?.url === undefined ? null : frameLike(frame.url, framesOf(page));
  if (url === null || url === fetched.url) return null;
  return { action: "frame", step: { kind: "link", url, role: "submit", label: "" }, inputs: [] };
}

/** The frame that was learnt, though its query may have changed since. */
function frameLike(learned: string, frames: readonly string[]): string | null {
  const path = (url: string): string => new URL(url).pathname;
  return frames.find((url) => url === learned) ?? frames.find((url) => path(url) === path(learned)) ?? null;
}

/** Tells what was asked of a search form, as it was meant on this day. */
function note(context: RunContext, { action, step, inputs }: Gate, taken: Taken): void {
  const [at, durationMs] = taken.ok ? [taken.fetched.capturedAt, taken.fetched.durationMs] : [context.clock(), 0];
  const url = taken.ok ? taken.fetched.url : "url" in step ? step.url : "";
  const asked = (context.request.inputs ?? []).filter(({ name }) => inputs.includes(name));
  const label = asked.length === 0 ? labelOf(step) : `${labelOf(step)} (${saidIn(asked)})`.trim();
  noteInteraction(context, { action, url, label, at, durationMs, ok: taken.ok, records: 0 });
}
