import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { normalise } from "../values/recognise.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import type { DetailField, DetailRecipe, DetailRule } from "./detail-recipe.ts";
import { findAll } from "./find-all.ts";
import { ruleKey, type Findings, type Quote } from "./finding.ts";

export type DetailFields = Record<string, ExtractedValue | ExtractedValue[]>;

/** Reads the fields of a recipe from a page. Fields that the page lacks are left out. */
export function applyDetail(
  recipe: DetailRecipe,
  page: Page,
  { embedded = true }: { embedded?: boolean } = {},
): DetailFields {
  const findings = findAll(page, embedded);
  const fields = new Map<string, ExtractedValue | ExtractedValue[]>();
  for (const field of recipe.fields) {
    const values = quotesFor(field, findings).map((quote) => valueOf(quote, field));
    const [first] = values;
    if (first) fields.set(field.name, field.list ? values : first);
  }
  if (recipe.open) addRest(recipe, findings, fields);
  return Object.fromEntries(fields);
}

/** What the page says beyond the recipe, under the page's own names: only where the page names it itself. */
function addRest(
  recipe: DetailRecipe,
  findings: Findings,
  fields: Map<string, ExtractedValue | ExtractedValue[]>,
): void {
  const covered = new Set(recipe.fields.flatMap(({ rules }) => rules.map(ruleKey)));
  for (const [key, { rule, name, quotes, list }] of findings) {
    if (rule.by === "selector" || covered.has(key) || fields.has(name)) continue;
    const { type, format } = typeOfColumn(
      quotes.map(({ text }) => ({ text })),
      { label: name },
    );
    const values = quotes.map((quote) => valueOf(quote, { type, format }));
    const [first] = values;
    if (first) fields.set(name, list ? values : first);
  }
}

function quotesFor(field: DetailField, findings: Findings): readonly Quote[] {
  for (const rule of field.rules) {
    const found = findings.get(ruleKey(rule)) ?? findings.get(ruleKey(otherNumber(rule)));
    if (found) return found.quotes;
  }
  return [];
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
  const isRead = read !== null && type !== "text";
  return {
    value: isRead ? read.value : text,
    type: isRead ? read.type : "text",
    confidence: isRead ? read.confidence : type === "text" ? 0.9 : 0.5,
    ...place,
  };
}
