import { embeddedFields, embeddedRule, readEmbeddedList } from "../lists/embedded-list.ts";
import type { Located, RecordArray } from "../embedded/embedded-data.ts";
import { readEmbedded } from "../embedded/read-embedded.ts";
import { findRecordArrays } from "../embedded/record-arrays.ts";
import { pairRecords } from "../healing/pair-records.ts";
import type { Page } from "../page/page.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { Endpoint } from "./endpoint.ts";
import { learnPaging } from "./learn-paging.ts";
import { mapColumnsToKeys, type ShownAndSent } from "./map-columns-to-keys.ts";

const MOST_ARRAYS = 5;
const LEAST_PAIRS = 3;
/** Of the records of an answer: what the page leaves out is not on the page, and is not ours to collect. */
const SHOWN = 0.95;

/**
 * Looks among the answers that a page's script got, in their order, for the one that holds the records that the page shows,
 * column for column. Null when none does, when an answer holds records that the page does not show, or when the page goes on
 * and nothing tells how the answer does.
 */
export function learnEndpoint(
  recipe: Recipe,
  shown: readonly ExtractedRecord[],
  answers: readonly Page[],
): Endpoint | null {
  for (const answer of answers)
    for (const array of findRecordArrays(readEmbedded(answer)).slice(0, MOST_ARRAYS)) {
      const fields = columnsOf(recipe, shown, answer, array);
      if (!fields || answer.url === null || holdsSecret(answer.url)) continue;
      const list = listOf(array);
      const paging = learnPaging(answer, array, answers);
      const declared = readEmbeddedList(answer, embeddedRule(array), fields)?.declared?.total ?? null;
      const isWhole = array.items.length >= shown.length && (declared === null || declared <= array.items.length);
      if (paging === null && (!isWhole || goesOn(recipe, declared))) continue;
      return { url: answer.url, list, fields, paging };
    }
  return null;
}

const SECRET = /token|key|secret|signature|nonce|auth|session|jwt|passw|credential/i;

/** What looks like a key of this visit does not go into a recipe, which people share. */
function holdsSecret(address: string): boolean {
  const url = URL.parse(address);
  if (!url || url.username !== "" || url.password !== "") return true;
  return [...url.searchParams.keys()].some((name) => SECRET.test(name) && !/^(?:key)?words?$/i.test(name));
}

function columnsOf(recipe: Recipe, shown: readonly ExtractedRecord[], answer: Page, array: RecordArray) {
  const keys = embeddedFields(answer, array);
  const sent = readEmbeddedList(answer, embeddedRule(array), keys)?.records ?? [];
  const pairs = pairRecords(shown, sent);
  if (pairs.length < LEAST_PAIRS || pairs.length < sent.length * SHOWN) return null;
  const items = new Map(sent.map((record, at) => [record, array.items[at]]));
  const known = pairs.flatMap(({ known: seen, now }): ShownAndSent[] => {
    const item: Located | undefined = items.get(now);
    return item ? [{ shown: seen, sent: item }] : [];
  });
  return mapColumnsToKeys(recipe.fields, known, { page: answer, keys });
}

function listOf(array: RecordArray): Endpoint["list"] {
  const record = { unit: "element" as const, shape: [], tags: ["script"], least: 0 };
  return { containers: [], several: false, record, embedded: embeddedRule(array) };
}

/** The page has a way on; unless the answer says that it is all there is, the answer has one too. */
function goesOn({ pagination }: Recipe, declared: number | null): boolean {
  return declared === null && (pagination.next !== null || pagination.kind !== "none");
}
