import { controlAt, findForms, type EntryStep, type SearchInput } from "#engines/extraction";
import type { RecipeWay } from "#engines/harvest";
import type { Intent } from "./judge-decision.ts";
import type { Screen } from "./screen.ts";

/** A step that was taken on the way to the list. */
export interface LoggedStep {
  readonly step: EntryStep;
  /** The same as a form that is sent, where pressing the control sends one. */
  readonly asForm: EntryStep | null;
  /** Names of the fields that were filled, to be sent with their form. */
  readonly field: { readonly name: string; readonly value: string; readonly input: SearchInput | null } | null;
}

/** Writes down what an intent does, so that it can be repeated without anybody deciding; null for what leaves no trace. */
export function logStep(intent: Intent, { page }: Screen): LoggedStep | null {
  if (intent.kind === "fill" || intent.kind === "select") {
    const selector = controlAt(page, intent.node.path, "submit")?.selectors[0];
    if (selector === undefined) return null;
    const { kind: by, value, label, input } = intent;
    const written = input === null ? { value } : { input: input.name };
    const step: EntryStep = { by, role: "open", selector, ...written, label: label.slice(0, 300) };
    return { step, asForm: null, field: { name: nameOf(intent.node.path, page), value, input } };
  }
  if (intent.kind === "scroll") return { step: { by: "scroll", role: "open" }, asForm: null, field: null };
  if (intent.kind !== "click" && intent.kind !== "press") return null;
  const control = controlAt(page, intent.node.path, "submit");
  const selector = control?.selectors[0];
  if (!control || selector === undefined) return null;
  const { label, step } = control;
  const pressed: EntryStep = { by: "click", role: "open", selector, label };
  if (step.kind === "link") return { step: { ...pressed, by: "link", url: step.url }, asForm: null, field: null };
  const asForm: EntryStep | null =
    step.kind === "form" ? { by: "form", role: "open", url: step.url, label, fields: [] } : null;
  return { step: pressed, asForm, field: null };
}

function nameOf(path: string, page: Screen["page"]): string {
  const control = findForms(page)
    .flatMap(({ fields }) => fields)
    .find((field) => field.path === path);
  return control?.name ?? "";
}

/**
 * Ways to the list, cheapest first: its address alone, over HTTP and in a browser; then all that was done, with forms sent
 * as forms, and last exactly as it was done. Which of them holds is found out by walking them.
 */
export function waysTo(listUrl: string, startUrl: string, log: readonly LoggedStep[]): RecipeWay[] {
  const direct: RecipeWay[] = [
    { transport: "http", url: listUrl, steps: [] },
    { transport: "browser", url: listUrl, steps: [] },
  ];
  if (log.length === 0) return direct;
  const asDone = log.map(({ step }) => step);
  const asForms = withForms(log);
  const hasForms = asForms.length < asDone.length || asForms.some(({ by }) => by === "form");
  return [
    ...direct,
    { transport: "http", url: startUrl, steps: asForms },
    ...(hasForms ? [{ transport: "browser", url: startUrl, steps: asForms } as const] : []),
    { transport: "browser", url: startUrl, steps: asDone },
  ];
}

/** What was filled in before a form was sent is sent with it. */
function withForms(log: readonly LoggedStep[]): EntryStep[] {
  const steps: EntryStep[] = [];
  let filled: LoggedStep[] = [];
  for (const one of log) {
    if (one.field) {
      filled.push(one);
    } else if (one.asForm) {
      const sent = filled.flatMap(({ field }) => (field && field.name !== "" ? [field] : []));
      const fields = sent.flatMap(({ name, value, input }): [string, string][] => (input ? [] : [[name, value]]));
      const inputs = sent.flatMap(({ name, input }): [string, string][] => (input ? [[name, input.name]] : []));
      steps.push({ ...one.asForm, fields, ...(inputs.length > 0 ? { inputs } : {}) });
      filled = [];
    } else {
      steps.push(...filled.map(({ step }) => step), one.step);
      filled = [];
    }
  }
  return [...steps, ...filled.map(({ step }) => step)];
}

/** The inputs that were written on the way, by their names; what was written last counts. */
export function inputsIn(log: readonly LoggedStep[]): SearchInput[] {
  const inputs = log.flatMap(({ field }) => field?.input ?? []);
  return [...new Map(inputs.map((input) => [input.name, input])).values()];
}
