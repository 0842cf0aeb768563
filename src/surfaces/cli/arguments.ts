import { InvalidArgumentError } from "commander";

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

export function postgresUrl(text: string): string {
  if (/^postgres(ql)?:\/\/./i.test(text)) return text;
  throw new InvalidArgumentError("It must look like postgresql://USER:PASSWORD@HOST:5432/NAME.");
}

export function commaList(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
