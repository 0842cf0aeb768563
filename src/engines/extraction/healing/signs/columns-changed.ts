import type { Drift, ExtractedRecord } from "../../records/extracted-record.ts";
import { sameForm } from "../telling-values.ts";
import { fieldNames, fieldSign, type Compared } from "./compared.ts";
import { dayOf } from "./dates-of.ts";

/** What holds for fewer records may hold by chance. */
const LEAST_RECORDS = 5;
const NEARLY_ALL = 0.95;
const MOST = 0.5;
/** A column whose values are so few that they come again and again: offices, kinds, states. */
const FEW_WORDS = 0.6;

type Records = readonly ExtractedRecord[];

/**
 * Columns that can no longer be what they were, whatever records stand in the list now: of two dates that always came in
 * one order the later one comes first, words of one column stand in another, or what told records apart is the same in all.
 */
export function columnsChanged({ known, records }: Pick<Compared, "known" | "records">): Drift[] {
  if (known.length < LEAST_RECORDS || records.length < LEAST_RECORDS) return [];
  const names = fieldNames(known);
  return [
    ...turnedOrder(names, known, records),
    ...otherWords(names, known, records),
    ...allAlike(names, known, records),
  ];
}

function turnedOrder(names: readonly string[], known: Records, records: Records): Drift[] {
  return names.flatMap((first) =>
    names.flatMap((second): Drift[] => {
      if (first === second) return [];
      const [then, now] = [orderOf(known, first, second), orderOf(records, first, second)];
      const wasBefore = then.before >= LEAST_RECORDS && then.before >= then.of * NEARLY_ALL;
      if (!wasBefore || now.after < LEAST_RECORDS || now.after <= now.of * MOST) return [];
      const message = `"${first}" always came before "${second}", and comes after it in ${now.after} of ${now.of} records: the two changed places.`;
      return [fieldSign("values_moved", first, message), fieldSign("values_moved", second, message)];
    }),
  );
}

function orderOf(records: Records, first: string, second: string): { before: number; after: number; of: number } {
  const order = { before: 0, after: 0, of: 0 };
  for (const { fields } of records) {
    const [one, other] = [dayOf(fields[first]), dayOf(fields[second])];
    if (one === null || other === null) continue;
    order.of += 1;
    if (one < other) order.before += 1;
    if (one > other) order.after += 1;
  }
  return order;
}

function otherWords(names: readonly string[], known: Records, records: Records): Drift[] {
  const words = new Map(names.flatMap((name) => wordsOf(known, name)));
  return [...words].flatMap(([name, own]): Drift[] => {
    const now = records.flatMap(({ fields }) => (fields[name] ? [sameForm(fields[name].value)] : []));
    if (now.length < LEAST_RECORDS || now.some((value) => own.has(value))) return [];
    const from = [...words].find(
      ([other, theirs]) => other !== name && now.filter((value) => theirs.has(value)).length > now.length * MOST,
    );
    if (!from) return [];
    return [
      fieldSign("values_moved", name, `"${name}" holds what stood in "${from[0]}" before: the columns changed places.`),
    ];
  });
}

/** The words of a column that has few of them. */
function wordsOf(known: Records, name: string): [string, ReadonlySet<string>][] {
  const values = known.flatMap(({ fields }) => {
    const value = fields[name];
    return value && (value.type === "text" || value.type === "status") ? [sameForm(value.value)] : [];
  });
  const distinct = new Set(values);
  return values.length >= LEAST_RECORDS && distinct.size <= values.length * FEW_WORDS ? [[name, distinct]] : [];
}

const TELLING_TYPES: ReadonlySet<string> = new Set(["text", "url", "reference", "document"]);

function allAlike(names: readonly string[], known: Records, records: Records): Drift[] {
  return names.flatMap((name): Drift[] => {
    const [then, now] = [distinctShare(known, name), distinctShare(records, name)];
    if (then === null || now === null || then < NEARLY_ALL || now > MOST) return [];
    return [fieldSign("values_changed", name, `"${name}" told records apart, and is now the same in most of them.`)];
  });
}

/** How many different values there are, of those that there are; null where they are too few or of a kind that repeats. */
function distinctShare(records: Records, name: string): number | null {
  const values = records.flatMap(({ fields }) => {
    const value = fields[name];
    return value && TELLING_TYPES.has(value.type) ? [sameForm(value.value)] : [];
  });
  return values.length < LEAST_RECORDS ? null : new Set(values).size / values.length;
}
