import { recognise } from "../values/recognise.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import type { FieldType } from "../values/field-type.ts";
import { conceptsOf, isGenericName, type NamedConcept } from "./concept-of.ts";
import type { FieldMapping, MappableColumn, Wish, WishedField, WishMapping } from "./wish.ts";
import { stem, wordsOf } from "./words-of.ts";

/** Below this a mapping is unsure and says so. */
export const SURE_MAPPING = 0.5;
/** Below this nothing is mapped. */
const POSSIBLE = 0.25;
/** A column of the right type whose name says no more than that type. */
const VAGUE = 0.4;
/** "Date" may well be the date of publication; a column that says so is surer. */
const GENERIC = 0.9;

interface Scored {
  readonly field: WishedField;
  readonly column: MappableColumn;
  readonly score: number;
  readonly reason: string;
}

/** Maps columns to wished fields by name, synonym, type and values. A column answers at most one field. */
export function mapColumns(wish: Wish, columns: readonly MappableColumn[]): WishMapping {
  const scored = wish.fields
    .flatMap((field) => columns.map((column) => score(field, column)))
    .filter(({ score: value }) => value >= POSSIBLE)
    .sort((a, b) => b.score - a.score);
  const chosen = new Map<WishedField, Scored>();
  const taken = new Set<MappableColumn>();
  for (const candidate of scored) {
    if (chosen.has(candidate.field) || taken.has(candidate.column)) continue;
    chosen.set(candidate.field, candidate);
    taken.add(candidate.column);
  }
  const mappings = wish.fields.map((field) =>
    mapping(field, chosen.get(field), rival(field, chosen.get(field), scored)),
  );
  return { mappings, missing: mappings.filter(({ column }) => column === null).map(({ field }) => field) };
}

/** Another column that fits nearly as well. */
function rival(field: WishedField, best: Scored | undefined, scored: readonly Scored[]): Scored | undefined {
  return scored.find(
    (other) => other.field === field && other !== best && best !== undefined && best.score - other.score < 0.05,
  );
}

function mapping(field: WishedField, best: Scored | undefined, other: Scored | undefined): FieldMapping {
  if (!best) return { field: field.name, column: null, confidence: 0, note: `No column looks like "${field.name}".` };
  const confidence = round(other && best.score < 0.95 ? Math.min(best.score, SURE_MAPPING - 0.05) : best.score);
  const guess = best.score < SURE_MAPPING ? ({ isGuess: true } as const) : {};
  const found = { field: field.name, column: best.column.name, confidence, ...guess };
  if (other && best.score < 0.95) {
    return {
      ...found,
      note: `"${best.column.name}" and "${other.column.name}" fit equally well; check which one is meant.`,
    };
  }
  if (confidence >= SURE_MAPPING) return found;
  return { ...found, note: `"${best.column.name}" may be "${field.name}" because ${best.reason}; check it.` };
}

function score(field: WishedField, column: MappableColumn): Scored {
  const type = columnType(column);
  const byName = nameScore(field, column.name);
  const expected = expectedTypes(field);
  const typeFit = typeScore(expected, type);
  if (byName.score === 0) {
    const alone = expected.length > 0 && isTelling(type) && expected[0] === type ? 0.4 : 0;
    return { field, column, score: alone, reason: `it holds values of type ${type}` };
  }
  return {
    field,
    column,
    score: Math.min(1, byName.score * (typeFit === 0 ? 0.3 : 0.7 + 0.3 * typeFit)),
    reason: byName.reason,
  };
}

function nameScore(field: WishedField, columnName: string): { score: number; reason: string } {
  const [wished, has] = [wordsOf(field.name), wordsOf(columnName)];
  if (wished === "" || has === "") return { score: 0, reason: "" };
  if (wished === has) return { score: 1, reason: "the names are equal" };
  const stems = (text: string): string[] => text.split(" ").map(stem);
  if (stems(wished).join(" ") === stems(has).join(" ")) return { score: 0.98, reason: "the names are equal" };
  const meant = meaningScore([...conceptsOf(field.name), ...described(field)], conceptsOf(columnName), columnName);
  const shared = overlap(stems(wished), stems(has));
  if (meant >= shared)
    return {
      score: meant,
      reason: meant <= VAGUE ? "its values are of that type" : "the names mean much the same",
    };
  return { score: shared, reason: "the names share words" };
}

/** A description helps where the name says nothing. */
function described({ name, description }: WishedField): NamedConcept[] {
  if (description === undefined || conceptsOf(name).length > 0) return [];
  return conceptsOf(description).map((named) => ({ ...named, fit: named.fit * 0.7 }));
}

/** "Closing date" and "date filed" share a word and are two things: names that are known for another thing rule it out. */
function meaningScore(wished: readonly NamedConcept[], has: readonly NamedConcept[], columnName: string): number {
  const isGeneric = isGenericName(columnName);
  let best = 0;
  for (const [rank, one] of wished.entries()) {
    const at = has.findIndex(({ concept }) => concept === one.concept);
    const other = has[at];
    if (!other) continue;
    const fit = 0.9 * one.fit * other.fit * 0.85 ** (rank + at) * (isGeneric ? GENERIC : 1);
    if (!one.isVague && !other.isVague) best = Math.max(best, fit);
    else if (isGeneric || !(isKnown(wished) && isKnown(has))) best = Math.max(best, Math.min(fit, VAGUE));
  }
  return best;
}

function isKnown([first]: readonly NamedConcept[]): boolean {
  return first?.fit === 1;
}

function overlap(wished: readonly string[], has: readonly string[]): number {
  const weighty = (word: string): boolean => word.length > 2 && !FILLER.test(word);
  const [a, b] = [wished.filter(weighty), has.filter(weighty)];
  const shared = a.filter((word) => b.includes(word)).length;
  return shared === 0 ? 0 : (0.75 * 2 * shared) / (a.length + b.length);
}

const FILLER = /^(?:the|and|for|with|date|datum|fecha|data|number|name|type)$/;

function expectedTypes(field: WishedField): readonly FieldType[] {
  if (field.type !== undefined) return field.type === "text" ? [] : [field.type];
  return conceptsOf(field.name)[0]?.concept.types ?? [];
}

/** 1 for the usual type, less for a possible one, 0 where the types exclude each other. */
function typeScore(expected: readonly FieldType[], type: FieldType): number {
  if (expected.length === 0) return 0.8;
  if (expected[0] === type || (isDate(expected[0]) === true && isDate(type))) return 1;
  if (expected.includes(type)) return 0.85;
  return type === "text" ? 0.4 : 0;
}

function isDate(type: FieldType | undefined): boolean {
  return type === "date" || type === "datetime";
}

/** Types that hardly anything else has. */
function isTelling(type: FieldType): boolean {
  return (
    type === "email" ||
    type === "phone" ||
    type === "money" ||
    type === "document" ||
    type === "status" ||
    type === "image"
  );
}

/** The column's own type; where that is only text, what its samples say. */
function columnType({ type, samples }: MappableColumn): FieldType {
  if (type !== "text" || !samples || samples.length === 0) return type;
  if (samples.length === 1) return recognise(samples[0] ?? "")?.type ?? "text";
  return typeOfColumn(samples).type;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
