import {
  applyRecipe,
  findPagination,
  parsePage,
  verifyEvidence,
  type ExtractedRecord,
  type ExtractedValue,
  type Page,
  type PageExtraction,
  type PageSource,
  type Recipe,
} from "#engines/extraction/replay";
import type { FetchedPage } from "../sources/page-source.ts";
import type { PagerSign } from "../walk/walk-state.ts";
import { takeNew } from "./distinct-records.ts";
import type { KeySet } from "./key-set.ts";
import type { StoredRecord, StoredValue } from "./stored-records.ts";

/** A page that was read: its new records, each value checked against the very bytes. */
export interface ReadPage {
  readonly page: Page;
  readonly extraction: PageExtraction;
  readonly fresh: readonly StoredRecord[];
  readonly unverified: number;
}

type Fetched = Pick<FetchedPage, "bytes" | "url" | "mediaType"> & Partial<Pick<FetchedPage, "step">>;

export function parseFetched(fetched: Fetched): Page {
  return parsePage(sourceOf(fetched));
}

/** A fetched page as it is parsed. */
export function sourceOf({ bytes, url, mediaType, step }: Fetched): PageSource {
  const sent = step?.kind === "request" ? (step.body?.text ?? null) : null;
  return { bytes, url, contentType: mediaType, sent };
}

/** Applies the recipe, drops what earlier pages held, and refuses every value whose quote the page does not hold. */
export function readPage(
  page: Page,
  { recipe, known, ...options }: { recipe: Recipe; known: KeySet; embedded: boolean },
): ReadPage {
  const extraction = applyRecipe(recipe, page, options);
  const fresh = takeNew(extraction.records, known).map((record) => checkRecord(record, standsOn(page)));
  return { page, extraction, fresh, unverified: fresh.filter(({ unverified }) => unverified.length > 0).length };
}

/** Whether the quote of a value stands on a page where the value says, and says what the value is. */
export const standsOn =
  (page: Page) =>
  (value: ExtractedValue): boolean =>
    verifyEvidence({ page, value }).ok;

/** A record with the values whose quotes hold; the others are named. */
export function checkRecord(
  { key, text, links, path, fields }: ExtractedRecord,
  holds: (value: ExtractedValue) => boolean,
): StoredRecord {
  const accepted: Record<string, StoredValue> = {};
  const unverified: string[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value && holds(value)) accepted[name] = storedValue(value);
    else unverified.push(name);
  }
  return { key, text, links, path, fields: accepted, unverified };
}

/** Written out: every value of every page comes through here, and parts put together by spreading are objects in between. */
export function storedValue({ value, raw: quote, path, attribute, range }: ExtractedValue): StoredValue {
  if (attribute === undefined) return range === undefined ? { value, quote, path } : { value, quote, path, range };
  return range === undefined ? { value, quote, path, attribute } : { value, quote, path, attribute, range };
}

/** Whether the pager of a page goes on, stands there with nothing further to offer, or is not there. */
export function pagerSign(page: Page, { steps, pager }: PageExtraction): PagerSign {
  if (pager) return pager;
  if (steps.some(({ role }) => role === "next" || role === "more")) return "leads-on";
  const { links, pages, previous } = findPagination(page);
  return steps.length > 0 || links.length > 0 || pages.length > 0 || previous ? "ended" : "absent";
}
