import { ApiFailure } from "./api-failure.ts";

/** What the API has against single fields, by where they stand in what was sent: "configuration/maxPages". */
export type FieldProblems = ReadonlyMap<string, string>;

/**
 * Reads from a refusal what is wrong with which field. `owners` names the field that a refusal with a code of its own is
 * about.
 */
export function problemsIn(error: unknown, owners: Readonly<Record<string, string>> = {}): FieldProblems {
  if (!(error instanceof ApiFailure)) return new Map();
  const owner = owners[error.code];
  if (owner !== undefined) return new Map([[owner, error.message]]);
  return new Map(error.issues.map(({ where, what }) => ofField(where.replace(/^body\//, ""), what)));
}

/** What is wrong with an entry of a list is told beside the list: "configuration/inputs/1/name" is about its second entry. */
function ofField(where: string, what: string): [field: string, problem: string] {
  const [, list, entry] = /^(.+?)\/(\d+)(?:\/|$)/.exec(where) ?? [];
  return list === undefined ? [where, what] : [list, `No. ${Number(entry) + 1}: ${what}`];
}
