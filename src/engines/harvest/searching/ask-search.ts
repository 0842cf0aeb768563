import {
  dateFormatIn,
  findSearch,
  refusalText,
  searchSteps,
  takeEntryStep,
  fillIn,
  type AskedInput,
  type EntryStep,
  type FoundSearch,
  type Page,
  type Recipe,
  type SearchInput,
} from "#engines/extraction";
import { SearchNotFound, SearchRefused } from "../errors.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import { resolveInput, valuesOf, type InputRequest, type RunInput } from "./plan-inputs.ts";

/** How a page's search form is asked, and what came of it. */
export interface AskedSearch<Seen> {
  readonly steps: readonly EntryStep[];
  readonly inputs: readonly SearchInput[];
  readonly seen: Seen;
}

export interface Asking<Seen> {
  readonly transport: "http" | "browser";
  readonly now: Date;
  /** Takes a step and reads what came. */
  readonly look: (step: WalkStep, from: Seen) => Promise<Seen>;
  readonly pageOf: (seen: Seen) => Page;
  readonly hasList: (seen: Seen) => boolean;
}

/**
 * Asks the search form of a page what was given, and finds out how to ask it again. A form that does not say how it wants a
 * date, and refuses one, is asked once more as its refusal says. @throws SearchNotFound, SearchRefused, BadInput
 */
export async function askSearch<Seen>(
  seen: Seen,
  request: InputRequest,
  asking: Asking<Seen>,
): Promise<AskedSearch<Seen>> {
  const page = asking.pageOf(seen);
  const search = searchOn(page, request.inputs ?? []);
  const first = await askOnce(seen, search, request, asking);
  if (first.refusal === null) return first;
  const format = search.fields.every(({ isFormatKnown }) => isFormatKnown) ? null : dateFormatIn(first.refusal);
  const again = format === null ? first : await askOnce(seen, withFormat(search, format), request, asking);
  if (again.refusal === null) return again;
  throw new SearchRefused(saidIn(again.asked), again.refusal);
}

function searchOn(page: Page, asked: readonly AskedInput[]): FoundSearch {
  const outcome = findSearch(page, asked);
  if (!outcome.found) throw new SearchNotFound(outcome.missing, outcome.offered);
  return outcome.found;
}

function withFormat(search: FoundSearch, format: string): FoundSearch {
  const fields = search.fields.map((field) =>
    field.isFormatKnown ? field : { ...field, input: { ...field.input, format } },
  );
  return { ...search, fields };
}

async function askOnce<Seen>(
  from: Seen,
  search: FoundSearch,
  request: InputRequest,
  { transport, now, look, pageOf, hasList }: Asking<Seen>,
): Promise<AskedSearch<Seen> & { readonly asked: readonly RunInput[]; readonly refusal: string | null }> {
  const page = pageOf(from);
  const inputs = search.fields.map(({ input }) => input);
  const asked = inputs.map(({ name, type, value: said }) => resolveInput({ name, type, said }, request, now));
  const steps = searchSteps(search, page, transport);
  let seen = from;
  for (const step of filledSteps(steps, inputs, asked)) {
    const taken = takeEntryStep(step, pageOf(seen));
    if (!taken)
      throw new SearchNotFound(
        inputs.map(({ name }) => name),
        [],
      );
    seen = await look(taken, seen);
  }
  return { steps, inputs, asked, seen, refusal: refusalText(pageOf(seen), page, hasList(seen)) };
}

/** A way in is filled in as part of a recipe. */
function filledSteps(
  steps: readonly EntryStep[],
  inputs: readonly SearchInput[],
  asked: readonly RunInput[],
): readonly EntryStep[] {
  const entry: Pick<Recipe, "entry" | "inputs"> = { entry: { url: null, steps: [...steps] }, inputs: [...inputs] };
  return fillIn(entry, valuesOf(asked)).entry.steps ?? [];
}

/** `from: 2026-02-01, to: 2026-03-03`. */
export function saidIn(inputs: readonly RunInput[]): string {
  return inputs.map(({ name, value }) => `${name}: ${value}`).join(", ");
}
