import { learnPointed } from "#engines/extraction";
import type { AgentInput } from "./agent-input.ts";
import { analyse } from "./analyse.ts";
import type { Diary } from "./diary.ts";
import { NobodyToAsk } from "./errors.ts";
import type { ExplorationRequest, Proposal } from "./exploration.ts";
import { judgeDecision, type Intent } from "./judge-decision.ts";
import { questionOf, type Advice, type Ask } from "./question.ts";
import type { Screen } from "./screen.ts";

/** A list on the page that is shown; how it was reached is told elsewhere. */
type PointedList = Omit<Proposal, "ways" | "values">;

/** What has been decided and is about to be done. */
export type Plan =
  /** A list to be learnt, found by the analyser or pointed at. */
  | { readonly kind: "list"; readonly list: PointedList }
  | { readonly kind: "act"; readonly intent: Intent; readonly reason: string }
  | { readonly kind: "give_up"; readonly reason: string };

export interface DecideDeps {
  readonly ask: Ask | null;
  readonly fieldNames: readonly string[];
  /** What may be written into a search. */
  readonly inputs: readonly AgentInput[];
  /** Names of the inputs that a search has. */
  readonly written: ReadonlySet<string>;
  readonly diary: Diary;
  readonly signal: AbortSignal;
  /** Where the exploration stands. */
  readonly pageNumber: number;
  readonly picture: (screen: Screen) => Promise<Uint8Array | null>;
  /** Counts an action on this page; false when there are none left. */
  readonly spendAction: () => boolean;
  readonly actionsLeft: () => number;
}

const MOST_REFUSALS = 3;
const MOST_SAME = 2;

/** The analyser first; somebody is asked only where it is not sure, or where the choice was described in words. */
export async function decide(screen: Screen, request: ExplorationRequest, deps: DecideDeps): Promise<Plan> {
  const unwritten = deps.inputs.filter(({ name, isGiven }) => isGiven && !deps.written.has(name));
  const mayAnalyse = request.instructions === undefined && unwritten.length === 0;
  const found = mayAnalyse ? byAnalyser(screen, request, deps) : null;
  if (found) return found;
  const { ask, diary, fieldNames, inputs } = deps;
  if (!ask) throw new NobodyToAsk();
  let picture: Uint8Array | null = null;
  for (let refusals = 0; refusals <= MOST_REFUSALS;) {
    if (!deps.spendAction()) return { kind: "give_up", reason: "The limit of actions on a page was reached." };
    const startedAt = performance.now();
    const advice = await ask(questionOf(screen, progressOf(request, deps), picture), deps.signal);
    diary.countQuestion(advice.tokens);
    const verdict = judgeDecision(advice.decision, screen, { inputs, fieldNames });
    const circle =
      verdict.ok && isCircle(verdict.intent, screen, diary) ? "that was done here before and led nowhere" : null;
    const refusal = verdict.ok ? circle : verdict.reason;
    note(diary, screen, advice, { startedAt, refusal });
    if (!verdict.ok || refusal !== null) {
      diary.remember(`${advice.decision.action}: refused, ${refusal ?? ""}`);
      refusals += 1;
      continue;
    }
    for (const one of verdict.refused) diary.remember(`extract: refused, ${one}`);
    const { intent } = verdict;
    if (intent.kind === "look" && picture === null) {
      picture = await deps.picture(screen);
      continue;
    }
    if (intent.kind !== "extract") return { kind: "act", intent, reason: advice.decision.reason };
    if (unwritten.length > 0) {
      diary.remember(`extract: refused, not searched yet for ${unwritten.map(({ label }) => label).join("; ")}`);
      refusals += 1;
      continue;
    }
    const list = pointedList(screen, intent, advice, diary);
    if (list) return { kind: "list", list };
    refusals += 1;
  }
  return { kind: "give_up", reason: "What was decided could not be done, several times." };
}

function byAnalyser(screen: Screen, request: ExplorationRequest, { diary }: DecideDeps): Plan | null {
  const startedAt = performance.now();
  const { learned, isSure } = analyse(screen, request.wish ?? null, request);
  const { recipe, extraction, confidence } = learned;
  // A list that could not be reached again is not proposed twice.
  if (!isSure || !recipe || !extraction || diary.count(`list ${screen.url} ${screen.mark}`) > 1) return null;
  const reason = `The page holds a list of ${extraction.records.length} records.`;
  const told = { state: "analyzing", action: "extract", url: screen.url, label: "", ok: true, reason } as const;
  diary.tell({ ...told, startedAt, by: "analyser", confidence });
  return { kind: "list", list: { recipe, expected: extraction.records.map(({ key }) => key) } };
}

function pointedList(
  { page }: Screen,
  { record, fields, also, next }: Extract<Intent, { kind: "extract" }>,
  { by }: Advice,
  diary: Diary,
): PointedList | null {
  const { recipe, extraction, refused } = learnPointed(page, { record: record.path, fields, also, next, by });
  for (const one of refused) diary.remember(`extract: ${one}`);
  return recipe && extraction ? { recipe, expected: extraction.records.map(({ key }) => key) } : null;
}

function isCircle(intent: Intent, { url, mark }: Screen, diary: Diary): boolean {
  const path = "node" in intent ? intent.node.path : "";
  return intent.kind !== "extract" && diary.count(`${intent.kind} ${path} ${url} ${mark}`) > MOST_SAME;
}

function note(
  diary: Diary,
  { url, numbered }: Screen,
  { decision, by, tokens }: Advice,
  { startedAt, refusal }: { startedAt: number; refusal: string | null },
): void {
  const { action, node, confidence, reason } = decision;
  const label = node === null ? "" : (numbered.nodes.get(node)?.label ?? "");
  const told = { state: "analyzing", action, url, label, ok: refusal === null, reason: refusal ?? reason } as const;
  diary.tell({ ...told, startedAt, by: by === "cache" ? "cache" : "model", confidence, tokens });
}

function progressOf({ instructions, maxPages = 20 }: ExplorationRequest, deps: DecideDeps) {
  const { fieldNames, inputs, pageNumber, diary } = deps;
  return {
    goal: instructions ?? "Find the list of all open procurement opportunities.",
    fieldNames,
    inputs,
    pageNumber,
    maxPages,
    actionsLeft: deps.actionsLeft(),
    history: diary.remembered,
  };
}
