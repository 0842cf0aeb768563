import type { z } from "zod";
import { InvalidConfig } from "./errors.ts";
import { factsOf } from "./setting.ts";
import { Settings, type SettingValues } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadSettings {
  values: SettingValues;
  /** What an operator should know although nothing is wrong. */
  notices: string[];
}

/**
 * Reads every setting, under its name or an alias. An empty variable counts as unset. `overrides` bear the
 * settings' own names and win. Throws `InvalidConfig` with all problems at once.
 */
export function readSettings(environment: Environment, overrides: Environment = {}): ReadSettings {
  const problems: string[] = [];
  const notices: string[] = [];
  const raw: Record<string, string> = {};
  for (const [name, schema] of Object.entries(Settings.shape)) {
    const override = overrides[name];
    if (override !== undefined) {
      raw[name] = override;
      continue;
    }
    const given = givenNames(environment, name, schema);
    const [first, ...others] = given;
    if (first === undefined) continue;
    const rival = others.find((other) => environment[other] !== environment[first]);
    if (rival !== undefined) problems.push(`${first} and ${rival} are two names for one thing but differ: keep one`);
    raw[name] = environment[first]?.trim() ?? "";
    const { later } = factsOf(schema);
    if (later !== undefined) notices.push(`${first} is set, but ${later}`);
  }
  const parsed = Settings.safeParse(raw);
  if (parsed.success && problems.length === 0) return { values: parsed.data, notices };
  throw new InvalidConfig([
    ...problems,
    ...(parsed.error?.issues ?? []).map((issue) => describe(issue, { ...environment, ...overrides })),
  ]);
}

function givenNames(environment: Environment, name: string, schema: z.ZodType): string[] {
  return [name, ...factsOf(schema).aliases].filter((candidate) => (environment[candidate]?.trim() ?? "") !== "");
}

function describe(issue: z.core.$ZodIssue, environment: Environment): string {
  const name = String(issue.path[0]);
  const schema = Object.entries(Settings.shape).find(([candidate]) => candidate === name)?.[1];
  if (schema === undefined) return issue.message;
  const facts = factsOf(schema);
  const given = givenNames(environment, name, schema)[0] ?? name;
  const rule = issue.code === "invalid_value" ? `must be one of ${issue.values.join(", ")}` : issue.message;
  return facts.secret ? `${given} ${rule}` : `${given} ${rule}, not ${JSON.stringify(environment[given] ?? "")}`;
}
