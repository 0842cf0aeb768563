import {
  dateIn,
  resolveDate,
  type AskedInput,
  type InputType,
  type InputValues,
  type Recipe,
} from "#engines/extraction";
import { BadInput, UnknownInput } from "../errors.ts";

/** What a run asks of the search form, as it is stored with it: a resumed run asks the same. */
export interface RunInput {
  readonly name: string;
  /** As it was said: `today-30d`. */
  readonly said: string;
  /** What that was when the run began; a date is ISO. */
  readonly value: string;
}

export interface InputRequest {
  readonly inputs?: readonly AskedInput[];
  /** IANA name of the zone whose day `today` is. Default UTC. */
  readonly timeZone?: string;
}

/** What of a recipe's inputs a request says otherwise, and what each comes to now. @throws UnknownInput, BadInput */
export function planInputs({ inputs: own = [] }: Pick<Recipe, "inputs">, request: InputRequest, now: Date): RunInput[] {
  const asked = new Map((request.inputs ?? []).map((input) => [input.name, input.value]));
  const names = own.map(({ name }) => name);
  const unknown = [...asked.keys()].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new UnknownInput(unknown, names);
  return own.map(({ name, type, value }) => resolveInput({ name, type, said: asked.get(name) ?? value }, request, now));
}

/** @throws BadInput for a date that is none. */
export function resolveInput(
  { name, type, said }: { readonly name: string; readonly type: InputType; readonly said: string },
  { timeZone }: Pick<InputRequest, "timeZone">,
  now: Date,
): RunInput {
  const value = type === "date" && said.trim() !== "" ? resolveDate(said, dateIn(now, timeZone)) : said;
  if (value === null) throw new BadInput(name, said);
  return { name, said, value };
}

export function valuesOf(inputs: readonly RunInput[] = []): InputValues {
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}

/** The same for runs that ask the same, on whatever day: only those are compared with each other. */
export function questionOf(inputs: readonly RunInput[] = []): string {
  return JSON.stringify(inputs.map(({ name, said }) => [name, said.trim()]).sort());
}
