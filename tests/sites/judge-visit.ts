import type { Portal, TrueRecord } from "./portal.ts";

/** What a visit brought home. */
export interface Visit {
  readonly records: readonly {
    readonly text: string;
    readonly fields: Readonly<Record<string, string | readonly string[]>>;
  }[];
  readonly state: string;
  readonly stopped: string;
  readonly wall: string | null;
  readonly error: string | null;
}

/** A visit against the truth. Counts are of records and of values. */
export interface Verdict {
  readonly found: number;
  readonly missing: number;
  readonly surplus: number;
  readonly right: number;
  readonly values: number;
  /** What is not as it should be, a line each. */
  readonly faults: readonly string[];
}

/**
 * A value counts when it stands in the one column that holds this field for all records: a date that is now in one column,
 * now in another, is wrong.
 */
export function judgeVisit({ truth }: Pick<Portal, "truth">, visit: Visit): Verdict {
  const { records } = truth;
  const paired = pairsOf(records, visit.records);
  const columns = columnsOf(paired);
  const keys = Object.keys(records[0]?.fields ?? {});
  const right = sum([...columns.values()].map(({ right: one }) => one));
  const missing = records.length - paired.length;
  const surplus = visit.records.length - paired.length;
  return {
    found: paired.length,
    missing,
    surplus,
    right,
    values: records.length * keys.length,
    faults: [
      ...unless(missing === 0, `${missing} of ${records.length} records are missing`),
      ...unless(surplus === 0, `${surplus} records are none`),
      ...[...columns].flatMap(([key, { column, right: one, example }]) =>
        unless(one === paired.length, `${key} is right in ${one} of ${paired.length} (column ${column}): ${example}`),
      ),
      ...unless(visit.error === (truth.error ?? null), `error ${visit.error} instead of ${truth.error ?? "none"}`),
      ...unless(visit.wall === (truth.wall ?? null), `wall ${visit.wall} instead of ${truth.wall ?? "none"}`),
      ...unless(
        truth.error !== undefined || visit.state === truth.completeness,
        `${visit.state} instead of ${truth.completeness}`,
      ),
      ...unless(
        truth.stopped === undefined || visit.stopped === truth.stopped,
        `stopped by ${visit.stopped} instead of ${truth.stopped}`,
      ),
    ],
  };
}

/** Pairs the records that hold the mark of a true one, where there is exactly one. */
export function pairsOf(truth: readonly TrueRecord[], found: Visit["records"]): Pair[] {
  return truth.flatMap((record) => {
    const same = found.filter(({ text }) => text.includes(record.mark));
    return same.length === 1 && same[0] ? [{ record, found: same[0].fields }] : [];
  });
}

/** A record of the truth and what was found of it. */
export interface Pair {
  readonly record: TrueRecord;
  readonly found: Readonly<Record<string, string | readonly string[]>>;
}

/** The column that holds a field, and how often it is right there. */
export interface Column {
  readonly column: string | null;
  readonly right: number;
  readonly example: string;
}

/** The column of each field: the one that is right most often and is no other field's. */
export function columnsOf(pairs: readonly Pair[]): Map<string, Column> {
  const keys = Object.keys(pairs[0]?.record.fields ?? {});
  const names = [...new Set(pairs.flatMap(({ found }) => Object.keys(found)))];
  const scored = keys
    .flatMap((key) => [
      { key, column: null, right: 0, example: "no column holds it" },
      ...names.map((column) => ({ key, column, ...scoreOf(pairs, key, column) })),
    ])
    .sort((a, b) => b.right - a.right);
  const taken = new Set<string>();
  const columns = new Map<string, Column>();
  for (const { key, column, right, example } of scored) {
    if (columns.has(key) || (column !== null && taken.has(column))) continue;
    columns.set(key, {
      column: right === 0 ? null : column,
      right,
      example: right === 0 ? "no column holds it" : example,
    });
    if (column !== null && right > 0) taken.add(column);
  }
  return columns;
}

function scoreOf(pairs: readonly Pair[], key: string, column: string): { right: number; example: string } {
  const wrong = pairs.filter(({ record, found }) => !isSame(key, record.fields[key] ?? null, found[column]));
  const [first] = wrong;
  const example = first
    ? `${JSON.stringify(first.found[column] ?? null)} instead of ${JSON.stringify(first.record.fields[key] ?? null)}`
    : "";
  return { right: pairs.length - wrong.length, example };
}

/** Whether what was found is what is true: amounts by number and currency, addresses by what stands behind the host. */
export function isSame(key: string, truth: string | null, found: string | readonly string[] | undefined): boolean {
  if (truth === null) return found === undefined || found === "" || found.length === 0;
  if (found === undefined) return false;
  if (typeof found !== "string") return found.length === 1 && isSame(key, truth, found[0]);
  if (key === "estimatedValue") return amountOf(found) === amountOf(truth);
  if (key.endsWith("Url")) return pathOf(found) === pathOf(truth);
  return found.replace(/\s+/g, " ").trim() === truth;
}

function amountOf(text: string): string {
  const [amount, currency = ""] = text.split(" ");
  return `${Number(amount)} ${currency}`;
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address, "http://site.example");
  return `${pathname}${search}`;
}

const unless = (isFine: boolean, fault: string): string[] => (isFine ? [] : [fault]);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
