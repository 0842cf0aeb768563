import type { FieldRule } from "../columns/field-rule.ts";
import { signalsOf } from "../outline/page-signals.ts";
import type { Page } from "../page/page.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { opportunityFields } from "../wish/opportunity-fields.ts";
import { holdsWhole, PageWords } from "./page-words.ts";
import type { RecordPair } from "./pair-records.ts";
import { isLink, isSameValue, sameForm, tells } from "./telling-values.ts";

/** What became of a field that no column of the changed page gives. */
export type Loss =
  /** Its words stand in other fields that were kept: nothing is lost. */
  | "said"
  /** No value of a known record is shown any more: the page has no such column. */
  | "gone"
  /** The page shows other values of the kind for the same records. */
  | "other"
  /** Its values stand on the page, and nothing tells where they belong. */
  | "shown"
  /** Too few known records had it to tell. */
  | "unseen";

const LEAST_SEEN = 3;
/** Of the values that are looked for. */
const MOST_SHOWN = 0.1;
/** Different values; a single one stands on the page by chance. */
const LEAST_NAMED = 2;
/** Values that tell records apart are different in nearly all of them. */
const NEARLY_ALL = 0.95;

export interface Losing {
  readonly page: Page;
  readonly known: readonly ExtractedRecord[];
  readonly pairs: readonly RecordPair[];
  readonly kept: readonly string[];
  /** Fields of which the list seems to show other values. */
  readonly contradicted: readonly string[];
}

/** Where a field that was not found again went, told by the values of known records. */
export function lossOf({ name }: FieldRule, { page, known, pairs, kept, contradicted }: Losing): Loss {
  if (isSaid(name, known, kept)) return "said";
  const had = pairs.flatMap(({ known: { fields }, now }) => (fields[name] ? [{ value: fields[name], now }] : []));
  if (had.length < LEAST_SEEN) return "unseen";
  const words = new PageWords(page);
  const shown = had.filter(({ value, now }) => standsIn(now, value) || standsOn(page, words, value)).length;
  if (shown > had.length * MOST_SHOWN || areAllNamed(words, had)) return "shown";
  return contradicted.includes(name) ? "other" : "gone";
}

function standsIn({ text, fields, links }: ExtractedRecord, value: ExtractedValue): boolean {
  if (isLink(value)) return links.includes(value.value);
  return holdsWhole(text, value.raw) || Object.values(fields).some((other) => isSameValue(value, other));
}

/** Elsewhere on the page: words that come again and again stand there by chance, a title or a reference does not. */
function standsOn(page: Page, words: PageWords, value: ExtractedValue): boolean {
  if (isLink(value)) return signalsOf(page).linkCount.has(value.value);
  return tells(value) && words.has(value);
}

/** Single words stand anywhere by chance; all that a column ever held do not: groups are headed by them. */
function areAllNamed(words: PageWords, had: readonly { readonly value: ExtractedValue }[]): boolean {
  const named = new Map(had.filter(({ value }) => !isLink(value)).map(({ value }) => [sameForm(value.value), value]));
  return named.size >= LEAST_NAMED && [...named.values()].every((value) => words.has(value));
}

/** A text that is only other texts with the same words around them, or a part of one of them. */
function isSaid(name: string, known: readonly ExtractedRecord[], kept: readonly string[]): boolean {
  const others = kept.filter((other) => other !== name);
  const rests = known.flatMap(({ fields }) => {
    const value = fields[name];
    if (!value || isLink(value)) return [];
    const quotes = others
      .flatMap((other) => (fields[other] && !isLink(fields[other]) ? fields[other].raw : []))
      .sort((a, b) => b.length - a.length);
    if (quotes.some((quote) => holdsWhole(quote, value.raw))) return ["\u0000"];
    return [quotes.reduce((rest, quote) => rest.replaceAll(quote, "\u0000"), value.raw)];
  });
  const [first] = rests;
  return (
    rests.length >= LEAST_SEEN &&
    first !== undefined &&
    first.includes("\u0000") &&
    rests.every((rest) => rest === first)
  );
}

/** Fields without which a record is not worth much: what tells it from others, its title, its link and its deadline. */
export function essentialFields(fields: readonly FieldRule[], known: readonly ExtractedRecord[]): Set<string> {
  const columns = fields.map(({ name, type }) => ({
    name,
    type,
    samples: known.slice(0, 20).flatMap((record) => record.fields[name]?.value ?? []),
  }));
  const mapped = opportunityFields(columns)
    .filter(({ field, isGuess }) => isGuess !== true && ESSENTIAL.has(field))
    .flatMap(({ column }) => column ?? []);
  return new Set([...mapped, ...fields.map(({ name }) => name).filter((name) => tellsApart(name, known))]);
}

const ESSENTIAL: ReadonlySet<string> = new Set(["title", "referenceNumber", "closingDate", "detailUrl"]);

function tellsApart(name: string, known: readonly ExtractedRecord[]): boolean {
  const values = known.flatMap(({ fields }) => fields[name] ?? []).filter(tells);
  const distinct = new Set(values.map(({ value }) => sameForm(value)));
  return values.length >= known.length * NEARLY_ALL && distinct.size >= values.length * NEARLY_ALL;
}
