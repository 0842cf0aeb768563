import type { Drift, ExtractedRecord } from "../../records/extracted-record.ts";
import type { ExtractedValue } from "../../values/extracted-value.ts";
import { holdsWhole, type PageWords } from "../page-words.ts";
import { isLink, sameForm, tells } from "../telling-values.ts";
import { otherListSign, type Compared } from "./compared.ts";
import { isAllBefore } from "./dates-of.ts";

const LEAST_KNOWN = 3;
/** Of the known records: so many must stand on the page before it is missed that the list does not hold them. */
const LEAST_SHOWN = 0.3;
const MOST_ASTRAY = 0.5;
/** Fewer records make no list of their own: one that is pinned, two that are featured. */
const LEAST_STRANGERS = 3;

/** Signs that what is read is not the list that was learnt, or not that list alone. */
export function otherList(compared: Compared): Drift[] {
  const { known, records, pairs } = compared;
  const signs = [...twice(known, records), ...elsewhere(compared), ...joined(compared)];
  return signs.length > 0 || pairs.length > 0 ? signs : before(known, records);
}

/** Two lists are read as one, each with its own idea of the same records. */
function twice(known: readonly ExtractedRecord[], records: readonly ExtractedRecord[]): Drift[] {
  const [then, now] = [countOwners(known), countOwners(records)];
  const again = [...then]
    .filter(([value, count]) => count === 1 && now.has(value))
    .map(([value]) => now.get(value) ?? 0);
  const doubled = again.filter((count) => count > 1).length;
  if (doubled < LEAST_KNOWN || doubled <= again.length * MOST_ASTRAY) return [];
  return [otherListSign("Most known records stand twice in the list that is read: two lists are read as one.")];
}

function countOwners(all: readonly ExtractedRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fields } of all)
    for (const value of new Set(
      Object.values(fields)
        .filter(tells)
        .map((one) => sameForm(one.value)),
    ))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * The known records stand on the page, and are not in the list. Told page by page: what stood on a later page may well be
 * named here, in an index beside the list.
 */
function elsewhere(compared: Compared): Drift[] {
  const counts = compared.pages.map((page) => countElsewhere(page, compared)).filter((one) => one !== null);
  const [first] = counts;
  if (!first || !counts.every(({ standing, inList }) => inList < standing * MOST_ASTRAY)) return [];
  const { standing, inList } = first;
  const message = `${standing} known records stand on the page, ${inList} of them in the list that is read: it is another list.`;
  return [otherListSign(message)];
}

function countElsewhere(
  known: readonly ExtractedRecord[],
  { pairs, records, shown }: Compared,
): { standing: number; inList: number } | null {
  const paired = new Set(pairs.map((pair) => pair.known.key));
  const inList = known.filter(({ key }) => paired.has(key)).length;
  const owners = countOwners(known);
  const missed = known.filter(({ key, fields }) => {
    if (paired.has(key)) return false;
    const own = Object.values(fields).filter(
      (value) => owners.get(sameForm(value.value)) === 1 && !isLink(value) && tells(value),
    );
    // One of two alone may be part of what another list says: a title with the year behind it.
    return own.filter((value) => isBeside(value, records, shown)).length > own.length * MOST_ASTRAY;
  }).length;
  const standing = inList + missed;
  return standing < LEAST_KNOWN || standing < known.length * LEAST_SHOWN ? null : { standing, inList };
}

/** Whether the page has a value more often than the records: one that became longer still stands in its record. */
function isBeside(value: ExtractedValue, records: readonly ExtractedRecord[], shown: PageWords): boolean {
  const count = shown.has(value) ? shown.countOf(value.raw) : 0;
  if (count === 0) return false;
  let within = 0;
  for (const { text } of records) if (holdsWhole(text, value.raw) && (within += 1) >= count) return false;
  return true;
}

/** A part of the list that stands apart holds no known record, and all its dates lie before those that were known. */
function joined({ known, records, pairs }: Compared): Drift[] {
  const paired = new Set(pairs.map(({ now }) => now));
  if (paired.size < LEAST_KNOWN) return [];
  const parts = Map.groupBy(records, ({ path }) => path.slice(0, path.lastIndexOf("/")));
  const strange = [...parts.values()].filter(
    (part) =>
      part.length >= LEAST_STRANGERS &&
      part.every((record) => !paired.has(record)) &&
      isAllBefore(part, known) !== null,
  );
  const count = strange.reduce((sum, { length }) => sum + length, 0);
  if (count === 0) return [];
  return [
    otherListSign(
      `${count} records stand apart from the known ones and are older than all of them: another list is read as well.`,
    ),
  ];
}

/** None of the records is known, and all are older than every known one: an archive stands where the list stood. */
function before(known: readonly ExtractedRecord[], records: readonly ExtractedRecord[]): Drift[] {
  const field = isAllBefore(records, known);
  if (field === null) return [];
  return [
    otherListSign(
      `None of the records is known, and every "${field}" lies before all that were known: it is another list.`,
    ),
  ];
}
