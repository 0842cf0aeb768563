import type { EntryStep } from "../entry-step.ts";

/** Names of the inputs that a step writes. */
export function inputsOf({ input, inputs = [] }: EntryStep): string[] {
  return [...(input === undefined ? [] : [input]), ...inputs.map(([, name]) => name)];
}
