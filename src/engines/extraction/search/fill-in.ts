import type { EntryStep } from "../entry-step.ts";
import type { Recipe } from "../recipe.ts";
import { writeDate } from "./date-format.ts";
import type { SearchInput } from "./search-input.ts";

/** Values by the names of their inputs; dates are ISO. */
export type InputValues = Readonly<Record<string, string>>;

/** The recipe with the values of one run where its way in has inputs. */
export function fillIn<Entered extends Pick<Recipe, "entry" | "inputs">>(
  recipe: Entered,
  values: InputValues,
): Entered {
  const { inputs = [], entry } = recipe;
  if (inputs.length === 0 || !entry.steps) return recipe;
  const written = new Map(inputs.map((input) => [input.name, writeInput(input, values[input.name] ?? input.value)]));
  return { ...recipe, entry: { ...entry, steps: entry.steps.map((step) => filled(step, written)) } };
}

/** As the form wants it. */
export function writeInput({ type, format }: Pick<SearchInput, "type" | "format">, value: string): string {
  return type === "date" ? writeDate(value, format) : value;
}

function filled(step: EntryStep, written: ReadonlyMap<string, string>): EntryStep {
  if (step.input !== undefined) return { ...step, value: written.get(step.input) ?? "" };
  if (!step.inputs) return step;
  const own = step.inputs.map(([field, name]): [string, string] => [field, written.get(name) ?? ""]);
  return { ...step, fields: [...(step.fields ?? []), ...own] };
}
