import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import type { Drift, ExtractedRecord } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { pairRecords, sameForm, type RecordPair } from "./pair-records.ts";

/** Fewer known records than this prove nothing. */
const LEAST_KNOWN = 3;
/** Of the known records: so many must stand on the page before it is missed that the list does not hold them. */
const LEAST_SHOWN = 0.3;
/** Of the records that had a value. */
const MOST_ASTRAY = 0.5;
/** Shorter values stand anywhere by chance. */
const LEAST_LENGTH = 4;
/** Words as long as this tell a record from others: a title. */
const LEAST_MARK = 20;

/**
 * Whether a page that a recipe still reads is read wrongly, told by records that are known from before: they stand on the
 * page but not in the list, or their values stand on the page but no longer in their field. Values that really changed
 * (a deadline, days that are left, a mark for what is new) are no drift: they are not there any more.
 */
export function checkKnown(
  page: Page,
  records: readonly ExtractedRecord[],
  known: readonly ExtractedRecord[],
): readonly Drift[] {
  const distinct = [...new Map(known.map((record) => [record.key, record])).values()];
  if (distinct.length < LEAST_KNOWN || records.length === 0) return [];
  const pairs = pairRecords(distinct, records).filter(isMeant);
  const shown = new PageWords(page);
  return [...checkDoubled(distinct, records), ...checkPlace(distinct, pairs, shown), ...checkValues(pairs, shown)];
}

/** Two lists are read as one, each with its own idea of the same records. */
function checkDoubled(known: readonly ExtractedRecord[], records: readonly ExtractedRecord[]): Drift[] {
  const owners = (all: readonly ExtractedRecord[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { fields } of all)
      for (const value of new Set(
        Object.values(fields)
          .filter(tells)
          .map((one) => sameForm(one.value)),
      ))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  const [then, now] = [owners(known), owners(records)];
  const again = [...then]
    .filter(([value, count]) => count === 1 && now.has(value))
    .map(([value]) => now.get(value) ?? 0);
  const doubled = again.filter((count) => count > 1).length;
  if (doubled < LEAST_KNOWN || doubled <= again.length * MOST_ASTRAY) return [];
  const message = "Most known records stand twice in the list that is read: two lists are read as one.";
  return [{ kind: "other_list", severity: "broken", message }];
}

function checkPlace(known: readonly ExtractedRecord[], pairs: readonly RecordPair[], shown: PageWords): Drift[] {
  const values = new Map<string, number>();
  for (const { fields } of known)
    for (const raw of new Set(Object.values(fields).map((value) => value.raw)))
      values.set(raw, (values.get(raw) ?? 0) + 1);
  const standing = known.filter(({ fields }) =>
    Object.values(fields).some(
      (value) => values.get(value.raw) === 1 && tells(value) && !isLink(value) && shown.has(value),
    ),
  ).length;
  if (standing < LEAST_KNOWN || standing < known.length * LEAST_SHOWN || pairs.length >= standing * MOST_ASTRAY)
    return [];
  const message = `${standing} known records stand on the page, ${pairs.length} of them in the list that is read: it is another list.`;
  return [{ kind: "other_list", severity: "broken", message }];
}

function checkValues(pairs: readonly RecordPair[], shown: PageWords): Drift[] {
  const names = [...new Set(pairs.flatMap(({ known }) => Object.keys(known.fields)))];
  return names.flatMap((name): Drift[] => {
    const had = pairs.filter(({ known }) => known.fields[name] !== undefined);
    const astray = had.filter((pair) => isAstray(pair, name, shown)).length;
    if (astray < LEAST_KNOWN || astray <= had.length * MOST_ASTRAY) return [];
    const message = `"${name}" no longer holds what it held in ${astray} of ${had.length} known records, though it still stands on the page.`;
    return [{ kind: "values_moved", severity: "broken", field: name, message }];
  });
}

/** Dates and amounts are the same by chance: a pair shares a title, a reference or a link as well. */
function isMeant({ known, now }: RecordPair): boolean {
  const told = Object.values(known.fields).filter(tells);
  return told.some((value) =>
    isLink(value)
      ? now.links.includes(value.value)
      : Object.values(now.fields).some((other) => isSameValue(value, other)),
  );
}

/** Whether a value tells its record from others. */
function tells(value: ExtractedValue): boolean {
  return isLink(value) || value.type === "reference" || value.raw.length > LEAST_MARK;
}

/** The value stands elsewhere in the record; or the record stands on the page once more, and the value there. */
function isAstray({ known, now }: RecordPair, name: string, shown: PageWords): boolean {
  const [before, after] = [known.fields[name], now.fields[name]];
  if (!before || (after && isSameValue(before, after))) return false;
  if (isLink(before)) return now.links.includes(before.value);
  if (before.raw.length < LEAST_LENGTH) return false;
  if (now.text.includes(before.raw)) return true;
  const isTwice = Object.values(known.fields).some(({ raw }) => shown.countOf(raw) > 1 && raw.length > LEAST_MARK);
  return isTwice && shown.has(before);
}

/** By what it means, or by its words where both are read as the same type. */
export function isSameValue(before: ExtractedValue, after: ExtractedValue): boolean {
  return (
    sameForm(after.value) === sameForm(before.value) ||
    (before.type === after.type && sameForm(after.raw) === sameForm(before.raw))
  );
}

const isLink = ({ attribute }: ExtractedValue): boolean => attribute !== undefined;

/** The words of a page, in which values are looked for. */
class PageWords {
  readonly #text: string;

  constructor(page: Page) {
    this.#text = outlineOf(page).text.replace(/\s+/g, " ");
  }

  has({ raw }: ExtractedValue): boolean {
    if (raw.length < LEAST_LENGTH) return false;
    // "Part 1" does not stand in "Part 12".
    for (let at = this.#text.indexOf(raw); at >= 0; at = this.#text.indexOf(raw, at + 1))
      if (!/[\p{L}\p{N}]/u.test(this.#text.charAt(at + raw.length))) return true;
    return false;
  }

  /** Counts no further than two. */
  countOf(raw: string): number {
    const first = this.#text.indexOf(raw);
    return first < 0 ? 0 : this.#text.indexOf(raw, first + raw.length) < 0 ? 1 : 2;
  }
}
