import { takeEntryStep, type EntryStep, type Recipe } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import { noticeStep } from "../sources/notice-step.ts";
import { framesOf } from "../sources/page-elements.ts";
import type { PageSource } from "../sources/page-source.ts";
import { labelOf, type WalkStep } from "../walk/walk-step.ts";
import { noteInteraction, type RunContext } from "./run-context.ts";
import { storeBytes } from "./keep-page.ts";
import { takePage, type Taken } from "./take-page.ts";

type Came = Extract<Taken, { ok: true }>;
type Gone = { readonly ok: false; readonly reason: StopReason; readonly message: string };

const MOST_GATES = 4;

/**
 * Passes what stands before the list: a notice that wants to be accepted, the frame that the list stands in. The page
 * behind counts as reached by the step that led to the gate. Null when nothing stands before it.
 */
export async function passGates(context: RunContext, source: PageSource, at: Came): Promise<Came | Gone | null> {
  const open = openSteps(context.recipe);
  let current = at;
  let opened = 0;
  for (let gates = 0; gates < MOST_GATES + open.length; gates += 1) {
    const gate = gateOf(context.recipe, current, open[opened] ?? null);
    if (!gate) break;
    if (gate.action === "entry") opened += 1;
    await storeBytes(context, current.fetched);
    const taken = await takePage(context, source, { step: gate.step, referer: current.fetched.url });
    note(context, gate, taken);
    if (!taken.ok) return taken;
    current = taken;
  }
  if (current === at) return null;
  return { ...current, fetched: { ...current.fetched, step: at.fetched.step } };
}

/** Steps of the way in that are taken in their order at every run, whatever the page shows. */
export function openSteps({ entry }: Recipe): EntryStep[] {
  return (entry.steps ?? []).filter(({ role }) => role === "open");
}

export interface Gate {
  readonly action: "consent" | "entry" | "frame";
  readonly step: WalkStep;
}

/** What stands between this page and the list: a notice first, then the next step of the way in, then a frame. */
export function gateOf(
  recipe: Recipe,
  { fetched, page }: Pick<Came, "fetched" | "page">,
  open: EntryStep | null,
): Gate | null {
  const consent = noticeStep(page);
  if (consent) return { action: "consent", step: consent };
  const entry = open && takeEntryStep(open, page);
  if (entry) return { action: "entry", step: entry };
  const frame = (recipe.entry.steps ?? []).find(({ role }) => role === "frame");
  const url = frame?.url === undefined ? null : frameLike(frame.url, framesOf(page));
  if (url === null || url === fetched.url) return null;
  return { action: "frame", step: { kind: "link", url, role: "submit", label: "" } };
}

/** The frame that was learnt, though its query may have changed since. */
function frameLike(learned: string, frames: readonly string[]): string | null {
  const path = (url: string): string => new URL(url).pathname;
  return frames.find((url) => url === learned) ?? frames.find((url) => path(url) === path(learned)) ?? null;
}

function note(context: RunContext, { action, step }: Gate, taken: Taken): void {
  const [at, durationMs] = taken.ok ? [taken.fetched.capturedAt, taken.fetched.durationMs] : [context.clock(), 0];
  const url = taken.ok ? taken.fetched.url : "url" in step ? step.url : "";
  noteInteraction(context, { action, url, label: labelOf(step), at, durationMs, ok: taken.ok, records: 0 });
}
