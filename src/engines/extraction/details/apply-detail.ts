import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { normalise } from "../values/recognise.ts";
import type { DetailField, DetailRecipe } from "./detail-recipe.ts";
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
  const fields: [string, ExtractedValue | ExtractedValue[]][] = [];
  for (const field of recipe.fields) {
    const values = quotesFor(field, findings).map((quote) => valueOf(quote, field));
    const [first] = values;
    if (first) fields.push([field.name, field.list ? values : first]);
  }
  return Object.fromEntries(fields);
}

function quotesFor(field: DetailField, findings: Findings): readonly Quote[] {
  for (const rule of field.rules) {
    const found = findings.get(ruleKey(rule));
    if (found) return found.quotes;
  }
  return [];
}

/** A value that reads as its type is put in normal form; one that does not stays the text it is, with less confidence. */
function valueOf({ text, ...place }: Quote, { type, format }: DetailField): ExtractedValue {
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
