import { groupedArrays } from "../embedded/grouped-arrays.ts";
import type { Located, RecordArray } from "../embedded/embedded-data.ts";
import { readEmbedded } from "../embedded/read-embedded.ts";
import { findRecordArrays } from "../embedded/record-arrays.ts";
import { pairRecords } from "../healing/pair-records.ts";
import { embeddedFields, embeddedRule, readEmbeddedList } from "../lists/embedded-list.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import { faultOf } from "./data-request.ts";
import type { Endpoint } from "./endpoint.ts";
import { isOfSite } from "./is-of-site.ts";
import { learnPaging, type DataAnswer, type LearntPaging } from "./learn-paging.ts";
import { mapColumnsToKeys, type ShownAndSent } from "./map-columns-to-keys.ts";
import { secretsIn } from "./secrets-in.ts";

const MOST_ARRAYS = 6;
const MOST_GUESSES = 6;
const LEAST_PAIRS = 3;
/** Of the records of an answer: what the page leaves out is not on the page, and is not ours to collect. */
const SHOWN = 0.95;

export interface LearnEndpointOptions {
  /** What was shown came after the first part: the way on was taken once, and brought these answers. */
  readonly isLater?: boolean;
}

/**
 * Looks among the answers that a page's script got, in their order, for the one that holds the records that the page shows,
 * column for column. Gives the ways in which it may be asked for the list, likeliest first: each has to be proven. None where
 * an answer holds records that the page does not show, where its request carries a secret or may change something, or where the
 * page goes on and nothing tells how the answer does.
 */
export function learnEndpoints(
  recipe: Recipe,
  shown: readonly ExtractedRecord[],
  answers: readonly DataAnswer[],
  { isLater = false }: LearnEndpointOptions = {},
): Endpoint[] {
  const found: Endpoint[] = [];
  for (const answer of answers) {
    if (!mayBeKept(recipe, answer)) continue;
    for (const array of arraysOf(answer)) {
      const fields = columnsOf(recipe, shown, answer, array);
      if (!fields) continue;
      const list = listOf(array);
      const ways: LearntPaging[] = learnPaging(answer, array, { answers, isLater });
      for (const { paging, first } of ways) found.push({ ...first, list, fields, paging });
      if (!isLater && isWhole(recipe, shown, { answer, array, fields, isPaged: ways.length > 0 }))
        found.push({ ...answer.request, list, fields, paging: null });
    }
  }
  return found.slice(0, MOST_GUESSES);
}

/** What looks like a key of this visit does not go into a recipe, which people share; nor does what may change something. */
function mayBeKept({ source, entry }: Recipe, { request }: DataAnswer): boolean {
  const page = entry.url ?? source.url;
  return secretsIn(request).length === 0 && faultOf(request) === null && page !== null && isOfSite(request.url, page);
}

function arraysOf({ page }: DataAnswer): RecordArray[] {
  const sources = readEmbedded(page);
  return [...findRecordArrays(sources), ...groupedArrays(sources)]
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_ARRAYS);
}

function columnsOf(
  recipe: Recipe,
  shown: readonly ExtractedRecord[],
  { page }: DataAnswer,
  array: RecordArray,
): Endpoint["fields"] | null {
  const keys = embeddedFields(page, array);
  const sent = readEmbeddedList(page, embeddedRule(array), keys)?.records ?? [];
  const pairs = pairRecords(shown, sent);
  if (pairs.length < LEAST_PAIRS || pairs.length < sent.length * SHOWN) return null;
  const items = new Map(sent.map((record, at) => [record, array.items[at]]));
  const known = pairs.flatMap(({ known: seen, now }): ShownAndSent[] => {
    const item: Located | undefined = items.get(now);
    return item ? [{ shown: seen, sent: item }] : [];
  });
  return mapColumnsToKeys(recipe.fields, known, { page, keys });
}

function listOf(array: RecordArray): Endpoint["list"] {
  const record = { unit: "element" as const, shape: [], tags: ["script"], least: 0 };
  return { containers: [], several: false, record, embedded: embeddedRule(array) };
}

interface Candidate {
  readonly answer: DataAnswer;
  readonly array: RecordArray;
  readonly fields: Endpoint["fields"];
  readonly isPaged: boolean;
}

/** The answer says so, or the page has no way on; or a header leads to the rest. */
function isWhole(
  { pagination }: Recipe,
  shown: readonly ExtractedRecord[],
  { answer: { page, leadsOn }, array, fields, isPaged }: Candidate,
): boolean {
  if (leadsOn) return true;
  const declared = readEmbeddedList(page, embeddedRule(array), fields)?.declared?.total ?? null;
  if (isPaged || array.items.length < shown.length) return false;
  if (declared !== null) return declared <= array.items.length;
  return pagination.next === null && pagination.kind === "none";
}
