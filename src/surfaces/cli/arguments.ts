import { InvalidArgumentError } from "commander";

/** `name=value`, several times. The name may hold anything but an equals sign. */
export function collectInputs(text: string, before: readonly NamedValue[] = []): NamedValue[] {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(at, 0)).trim();
  if (name === "") throw new InvalidArgumentError('It must look like name=value, such as "Published from=today-30d".');
  return [...before, { name, value: text.slice(at + 1).trim() }];
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

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
