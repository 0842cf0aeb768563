import type { FieldRule } from "../columns/field-rule.ts";
import { labelKey } from "../columns/labelled-lines.ts";
import { compilePattern, partLeads } from "../columns/text-pattern.ts";
import type { FieldType } from "../values/field-type.ts";
import type { Around } from "./match-fields.ts";

/** The hour behind a day. */
const HOUR = /^[\s,]*(?:\p{L}{1,3}\s)?\d{1,2}[:.h]\d\d/u;

/** A known value, and the text on the changed page that it is a part of. */
export interface Part {
  readonly quote: string;
  readonly text: string;
}

/** Types that tell themselves where a value begins and ends: nothing of it is lost when words around it are cut. */
const BOUNDED: ReadonlySet<FieldType> = new Set(["date", "datetime", "money", "number", "email", "phone"]);

/** What stands around the value in every text; null where it differs, or a text is the value and nothing else. */
export function sameAround(parts: readonly Part[]): Around | null {
  const [first] = parts;
  const at = first ? first.text.indexOf(first.quote) : -1;
  if (!first || at < 0 || first.text === first.quote) return null;
  const around = { before: first.text.slice(0, at), after: first.text.slice(at + first.quote.length) };
  return parts.every(({ quote, text }) => text === `${around.before}${quote}${around.after}`) ? around : null;
}

/**
 * Whether words before a value are its label and may be cut: they end with a colon, are what the field is called, or stand
 * before a value that tells itself where it begins. Words behind a value may well belong to it now.
 */
export function isLabelled(field: FieldRule, { before, after }: Around): boolean {
  const lead = leadOf(field);
  if (lead !== "" && before.endsWith(lead) && after === "") return true;
  if (/[\p{L}\p{N}]/u.test(after) || isGlued({ before, after })) return false;
  return BOUNDED.has(field.type) || labelKey(before.slice(labelIn(field, before).length)) === "";
}

/** The label that a text begins with: what stands before a colon, or what the field is called. Empty where there is none. */
export function labelIn(field: FieldRule, text: string): string {
  const [marked] = /^.*[:：]\s*/su.exec(text) ?? [];
  if (marked !== undefined) return marked;
  const names = [field.name, leadOf(field), ...field.places.flatMap((place) => labelOf(place))].map(labelKey);
  const words = [...text.matchAll(/\s+/g)].map(({ index, 0: space }) => text.slice(0, index + space.length));
  return words.findLast((lead) => labelKey(lead) !== "" && names.includes(labelKey(lead))) ?? "";
}

/** What stood before the value when it was learnt as a part of a text. */
function leadOf({ take: { pattern, part = 0 } }: FieldRule): string {
  return pattern === undefined ? "" : (partLeads(compilePattern(pattern))[part] ?? "");
}

function labelOf(place: FieldRule["places"][number]): string[] {
  return place.by === "header" ? [place.header] : place.by === "label" ? [place.label] : [];
}

/** `No `, `Ref. `: longer words are a label that nobody knows. */
const SHORT_WORD = /^\p{L}{1,4}\.?\s$/u;

/**
 * Whether the words around a value have become a part of it: it goes on without a space (`4711/26` in `XB-4711/26`), or it
 * is a reference and a short word stands before it (`No 4711/26`).
 */
export function hasGrown({ type }: FieldRule, { before, after }: Around): boolean {
  return isGlued({ before, after }) || (type === "reference" && after === "" && SHORT_WORD.test(before));
}

/**
 * Whether taking the values out of these texts leaves behind what belongs to them now: they go on without a space, or stand
 * between words that are the same in all and no label. A field that was a part of texts before may be one again.
 */
export function isCutShort(field: FieldRule, parts: readonly Part[]): boolean {
  if (field.type === "date") return parts.some(({ quote, text }) => HOUR.test(text.split(quote)[1] ?? ""));
  if (BOUNDED.has(field.type)) return false;
  const around = sameAround(parts);
  if (around) return !isLabelled(field, around);
  return (
    field.take.pattern === undefined &&
    parts.some(({ quote, text }) => {
      const at = text.indexOf(quote);
      return at >= 0 && isGlued({ before: text.slice(0, at), after: text.slice(at + quote.length) });
    })
  );
}

function isGlued({ before, after }: Around): boolean {
  return /[\p{L}\p{N}][-–/._]?$/u.test(before) || /^[-–/._]?[\p{L}\p{N}]/u.test(after);
}
