import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { normalise } from "../values/recognise.ts";
import type { Recognised } from "../values/recognised.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import type { DetailField, DetailRecipe, DetailRule } from "./detail-recipe.ts";
import { findAll } from "./find-all.ts";
import { ruleKey, textOfQuotes, type Finding, type Findings, type Quote } from "./finding.ts";

/** More fields of one name are repetition. */
const MAX_NAMESAKES = 3;

export type DetailFields = Record<string, ExtractedValue | ExtractedValue[]>;

/** Reads the fields of a recipe from a page. Fields that the page lacks are left out. */
export function applyDetail(
  recipe: DetailRecipe,
  page: Page,
  { embedded = true }: { embedded?: boolean } = {},
): DetailFields {
  const findings = findAll(page, embedded);
  const fields = new Map<string, ExtractedValue | ExtractedValue[]>();
  const constant = recipe.constant ?? [];
  const covered = new Set(constant.map((heading) => ruleKey({ by: "heading", heading, list: true })));
  for (const field of recipe.fields) {
    const found = findingFor(field, findings);
    const quotes = found?.quotes ?? [];
    for (const rule of field.rules) if (agrees(findings.get(ruleKey(rule)), quotes)) covered.add(ruleKey(rule));
    const values = quotes.map((quote) => valueOf(quote, field));
    const [first] = values;
    if (first) fields.set(field.name, field.list || found?.list ? values : first);
  }
  if (recipe.open) addRest(covered, findings, fields);
  return Object.fromEntries(fields);
}

/** What the page says beyond the recipe, under the page's own names: only where the page names it itself. */
function addRest(
  covered: ReadonlySet<string>,
  findings: Findings,
  fields: Map<string, ExtractedValue | ExtractedValue[]>,
): void {
  for (const [key, { rule, name, quotes, list }] of findings) {
    if (rule.by === "selector" || covered.has(key)) continue;
    const free = freeName(name, fields);
    if (free === null) continue;
    const { type, format } = typeOfColumn(
      quotes.map(({ text }) => ({ text })),
      { label: name },
    );
    const values = quotes.map((quote) => valueOf(quote, { type, format }));
    const [first] = values;
    if (first) fields.set(free, list ? values : first);
  }
}

/** A name that is taken gets a number, as in learning: a page may describe itself twice in other words. */
function freeName(name: string, fields: ReadonlyMap<string, unknown>): string | null {
  for (let count = 1; count <= MAX_NAMESAKES; count += 1) {
    const numbered = count === 1 ? name : `${name} ${count}`;
    if (!fields.has(numbered)) return numbered;
  }
  return null;
}

/**
 * Whether a rule says here what its field says. Two properties that happened to be equal where the recipe was learnt
 * (cooking time and total time) share a field; where they part, each is read under its own name.
 */
function agrees(found: Finding | undefined, quotes: readonly Quote[]): boolean {
  return found === undefined || textOfQuotes(found.quotes) === textOfQuotes(quotes);
}

/** One value where the recipe was learnt may be several here: a notice with one lot, and one with three. */
function findingFor(field: DetailField, findings: Findings): Finding | null {
  for (const rule of field.rules) {
    const found = findings.get(ruleKey(rule)) ?? findings.get(ruleKey(otherNumber(rule)));
    if (found) return found;
  }
  return null;
}

/** What stands once on one page may stand several times on the next. */
function otherNumber(rule: DetailRule): DetailRule {
  return rule.by === "selector" ? { ...rule, list: !rule.list } : rule;
}

/** A value that reads as its type is put in normal form; one that does not stays the text it is, with less confidence. */
function valueOf({ text, ...place }: Quote, { type, format }: Pick<DetailField, "type" | "format">): ExtractedValue {
  const read =
    type === "text"
      ? null
      : normalise({ text, href: place.attribute ? text : null, src: place.attribute ? text : null }, type, format);
  const isRead = read !== null && type !== "text" && !(type === "number" && losesWords(text, read.range));
  return {
    value: isRead ? read.value : text,
    type: isRead ? read.type : "text",
    confidence: isRead ? read.confidence : type === "text" ? 0.9 : 0.5,
    ...place,
  };
}

/** "6 (to 8)", "1 ½" and "3/4" are no plain numbers, though the page where the recipe was learnt had plain ones. */
function losesWords(text: string, range: Recognised["range"]): boolean {
  return range !== null && /[\p{L}\p{N}]/u.test(text.slice(0, range[0]) + text.slice(range[1]));
}
