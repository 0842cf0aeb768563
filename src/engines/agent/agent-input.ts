import { dateIn, resolveDate, type AskedInput, type SearchInput } from "#engines/extraction";
import type { ExplorationRequest } from "./exploration.ts";
import { periodIn } from "./period-in.ts";

/** Words that may be written into a field: chosen by number, never by a model's own words. */
export interface AgentInput {
  /** What it is called in the recipe that comes of it. */
  readonly name: string;
  /** What a model is shown of it. */
  readonly label: string;
  /** What is written, before a field's own form of dates; a date is ISO. */
  readonly value: string;
  /** As it was said: `today-30d`. */
  readonly said: string;
  readonly type: "text" | "date";
  /** How dates are wanted, where somebody said so. */
  readonly format?: string;
  /** Somebody gave it, so no list counts that was found without it; else it is read out of the words of a wish. */
  readonly isGiven: boolean;
}

/** What may be written on this day: what was given, else the period that the wish speaks of. */
export function agentInputs(
  { inputs, instructions, timeZone }: Pick<ExplorationRequest, "inputs" | "instructions" | "timeZone">,
  now: Date,
): AgentInput[] {
  const today = dateIn(now, timeZone);
  const isGiven = inputs !== undefined;
  return (inputs ?? periodIn(instructions ?? "")).map((input) => agentInput(input, today, isGiven));
}

function agentInput({ name, value: said, type, format }: AskedInput, today: string, isGiven: boolean): AgentInput {
  const date = type === undefined || type === "date" ? resolveDate(said, today) : null;
  const value = date ?? said;
  return {
    name,
    label: date === null ? `${name}: ${value}` : `${name}: the date ${date}`,
    value,
    said,
    type: date === null ? "text" : "date",
    ...(format === undefined ? {} : { format }),
    isGiven,
  };
}

/** As the recipe keeps it. */
export function searchInput({ name, said, type }: AgentInput, format: string | null): SearchInput {
  return { name, type, value: said, ...(type === "date" && format !== null ? { format } : {}) };
}
