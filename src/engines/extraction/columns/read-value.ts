import type { Span } from "../outline/page-outline.ts";
import { ownCopy } from "../page/own-copy.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { addressIn, holdsAddress, type WrittenAddress } from "../page/written-address.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { FieldType } from "../values/field-type.ts";
import { normalise } from "../values/recognise.ts";
import type { Recognised } from "../values/recognised.ts";
import { hasPlainEnds, trimDecoration } from "./clean-text.ts";
import type { FieldRule } from "./field-rule.ts";
import { compilePattern, matchPattern } from "./text-pattern.ts";

/** Types whose words are kept as they stand: cutting a code or translating a status would lose what the page says. */
const AS_WRITTEN: ReadonlySet<FieldType> = new Set(["text", "reference", "status", "number"]);

/** An attribute that holds a field: all of it, or the part that is an address. */
export interface FoundAttribute {
  readonly attribute: string;
  readonly value: string;
  readonly range: WrittenAddress["range"];
}

/** The attribute that a field is read from. */
export const attributeOf = ({ take }: FieldRule): string => take.attribute ?? "href";

/** What that attribute holds, as far as the field is concerned; null when it says nothing. */
export function attributeIn(rule: FieldRule, value: string | undefined): FoundAttribute | null {
  const attribute = attributeOf(rule);
  if (holdsAddress(attribute)) {
    const written = addressIn(attribute, value);
    return written && { attribute, value: written.text, range: written.range };
  }
  return value === undefined || value.trim() === "" ? null : { attribute, value, range: null };
}

/** What an attribute says, as a value of the field. */
export function attributeValue(
  rule: FieldRule,
  { attribute, value, range }: FoundAttribute,
  { path, baseUrl }: { readonly path: string; readonly baseUrl: string | null },
): ExtractedValue {
  const isAddress = holdsAddress(attribute);
  const normal = isAddress ? (resolveUrl(value, baseUrl) ?? value.trim()) : value.trim();
  const typed = isAddress ? null : readAs(rule, normal);
  return {
    value: typed?.value ?? normal,
    raw: value,
    type: rule.type,
    path,
    attribute,
    ...(range ? { range } : {}),
    confidence: typed?.confidence ?? 0.9,
  };
}

/** A stretch of visible text that holds a field. */
export interface FoundText {
  /** The visible text that it is a stretch of. */
  readonly text: string;
  readonly span: Span;
  /** Where the text of the element stands that the value names as its place. */
  readonly within: Span;
}

/** What a stretch of text says, as a value of the field: without decoration, of a pattern the part, in its normal form. */
export function textValue(
  rule: FieldRule,
  { text: outlined, span, within }: FoundText,
  path: string,
): ExtractedValue | null {
  const { pattern, part } = rule.take;
  let cleaned = clean(outlined, span);
  if (pattern !== undefined) {
    const [from, to] = cleaned;
    const chosen = matchPattern(compilePattern(pattern), outlined.slice(from, to))?.[part ?? 0];
    if (!chosen) return null;
    cleaned = clean(outlined, [from + chosen[0], from + chosen[1]]);
  }
  const [start, end] = cleaned;
  if (start === end) return null;
  const text = outlined.slice(start, end);
  const { type } = rule;
  const isAsWritten = AS_WRITTEN.has(type);
  const typed = isAsWritten ? null : readAs(rule, text);
  const cut = typed?.from === "text" ? typed.range : null;
  const from = cut ? start + cut[0] : start;
  const to = cut ? start + cut[1] : end;
  const [first, last] = within;
  const value = typed?.value ?? text;
  const raw = cut ? outlined.slice(from, to) : text;
  const confidence = typed ? typed.confidence : isAsWritten ? 0.9 : 0.5;
  return from === first && to === last
    ? { value, raw, type, path, confidence }
    : { value, raw, type, path, range: [from - first, to - first], confidence };
}

/** Most values begin and end with a letter or a digit: nothing is cut from these, nor are they cut out to see it. */
function clean(outlined: string, span: Span): Span {
  const [start, end] = span;
  if (hasPlainEnds(outlined, start, end)) return span;
  const cut = trimDecoration(outlined.slice(start, end));
  return [start + cut.start, start + cut.end];
}

/** What texts of a field were read as: dates, places and states repeat from record to record and from page to page. */
const readings = new WeakMap<FieldRule, Map<string, Recognised | null>>();
const MOST_READINGS = 1000;
const LONGEST_READING = 100;

function readAs(rule: FieldRule, text: string): Recognised | null {
  if (text.length > LONGEST_READING) return normalise(text, rule.type, rule.format ?? {});
  let read = readings.get(rule);
  if (!read) readings.set(rule, (read = new Map()));
  const known = read.get(text);
  if (known !== undefined) return known;
  const own = ownCopy(text);
  const found = normalise(own, rule.type, rule.format ?? {});
  if (read.size >= MOST_READINGS) read.clear();
  read.set(own, found);
  return found;
}
