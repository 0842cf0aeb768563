import type { FieldType } from "../values/field-type.ts";
import type { DetailRule } from "./detail-recipe.ts";

/** A quote with its place, before it is typed. */
export interface Quote {
  /** Clean text or absolute address. */
  readonly text: string;
  /** As it stands in the page, see `ExtractedValue.raw`. */
  readonly raw: string;
  readonly path: string;
  readonly attribute?: string;
  readonly range?: readonly [number, number];
}

/** What one rule finds on one page. */
export interface Finding {
  readonly rule: DetailRule;
  /** A name a person would give it: the label, the heading, the property. */
  readonly name: string;
  readonly quotes: readonly Quote[];
  readonly list: boolean;
  /** Known type; otherwise the values decide. */
  readonly type?: FieldType;
}

/** Everything the rules of a kind find on a page, by the key of the rule. */
export type Findings = Map<string, Finding>;

/** Two rules with one key find the same. Case, colons and space of labels do not count. */
export function ruleKey(rule: DetailRule): string {
  switch (rule.by) {
    case "label":
      return `label ${labelKey(rule.label)}`;
    case "heading":
      return `heading ${labelKey(rule.heading)} ${String(rule.list)}`;
    case "embedded":
      return `embedded ${rule.kind} ${rule.type ?? ""} ${JSON.stringify(rule.keys)}`;
    case "selector":
      return `selector ${rule.selector} ${rule.attribute ?? ""} ${String(rule.list)}`;
  }
}

export function labelKey(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The first finding of a rule stays: what stands first on a page is what the page is about. */
export function addFinding(findings: Findings, finding: Finding): void {
  const key = ruleKey(finding.rule);
  if (finding.quotes.length > 0 && !findings.has(key)) findings.set(key, finding);
}

/** Quotes that say the same read the same: case does not count. */
export function textOfQuotes(quotes: readonly Quote[]): string {
  return quotes.map(({ text }) => text.toLowerCase()).join("\n");
}
