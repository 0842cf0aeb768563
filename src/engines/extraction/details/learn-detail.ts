import type { Page } from "../page/page.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import { mapColumns } from "../wish/map-columns.ts";
import type { Wish } from "../wish/wish.ts";
import type { DetailField, DetailRecipe, DetailRule } from "./detail-recipe.ts";
import { findAll } from "./find-all.ts";
import { ruleKey, textOfQuotes, type Finding, type Findings } from "./finding.ts";

const MAX_FIELDS = 300;
const MAX_RULES = 6;

export interface DetailOptions {
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
  readonly wish?: Wish;
  /** Told in a sentence which wished field the pages do not have, and which is only a guess. */
  readonly onNote?: (field: string, note: string) => void;
}

/** Learns the detail pages of one listing from one, better two or three of them. */
export function learnDetail(
  pages: readonly Page[],
  { embedded = true, wish, onNote }: DetailOptions = {},
): DetailRecipe {
  const all = pages.map((page) => findAll(page, embedded));
  const groups = new Map<string, Finding[]>();
  for (const [position, findings] of all.entries()) {
    const others = all.filter((_, other) => other !== position);
    for (const finding of findings.values()) {
      if (position > 0 && wasSeen(finding, all.slice(0, position))) continue;
      if (isTemplate(finding, others)) continue;
      const key = groupKey(finding, position);
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
  }
  const fields = [...groups.values()].slice(0, MAX_FIELDS).map((group) => fieldFrom(group, all));
  const named = namedApart(fields);
  return wish && wish.fields.length > 0
    ? { fields: wished(wish, named, { all, onNote }), open: false }
    : { fields: named, open: true, ...constantHeadings(all) };
}

function constantHeadings(all: readonly Findings[]): Pick<DetailRecipe, "constant"> {
  const [first, ...others] = all;
  if (!first || others.length === 0) return {};
  const constant = [...first.values()].flatMap((finding) =>
    finding.rule.by === "heading" && isTemplate(finding, others) ? [finding.rule.heading] : [],
  );
  return constant.length === 0 ? {} : { constant: constant.slice(0, MAX_FIELDS) };
}

/** The fields that were asked for, under the names they were asked for; guesses keep the names of the page. */
function wished(
  wish: Wish,
  fields: readonly DetailField[],
  { all, onNote }: { all: readonly Findings[]; onNote: DetailOptions["onNote"] },
): DetailField[] {
  const columns = fields.map(({ name, type, rules }) => ({ name, type, samples: samplesOf(rules, all) }));
  return mapColumns(wish, columns).mappings.flatMap(({ field, column, isGuess, note }) => {
    if (note !== undefined) onNote?.(field, note);
    const found = fields.find(({ name }) => name === column);
    return found ? [isGuess ? found : { ...found, name: field }] : [];
  });
}

function samplesOf(rules: readonly DetailRule[], all: readonly Findings[]): string[] {
  return all.flatMap((findings) => {
    const found = rules.map((rule) => findings.get(ruleKey(rule))).find((finding) => finding !== undefined);
    return found ? found.quotes.map(({ text }) => text) : [];
  });
}

/** Rules that find the same on the page where they were learnt are one field. */
function groupKey(finding: Finding, position: number): string {
  return `${position} ${textOfQuotes(finding.quotes)}`;
}

function wasSeen(finding: Finding, before: readonly Findings[]): boolean {
  return before.some((findings) => findings.has(ruleKey(finding.rule)));
}

/** What never changes from page to page, or stands on one page only by a mere class name, is no data. */
function isTemplate(finding: Finding, others: readonly Findings[]): boolean {
  if (others.length === 0 || finding.rule.by === "label" || finding.rule.by === "embedded") return false;
  const elsewhere = others
    .map((findings) => findings.get(ruleKey(finding.rule)))
    .filter((found) => found !== undefined);
  if (elsewhere.length === 0) return finding.rule.by === "selector";
  const mine = textOfQuotes(finding.quotes);
  return elsewhere.length === others.length && elsewhere.every(({ quotes }) => textOfQuotes(quotes) === mine);
}

function fieldFrom(group: readonly Finding[], all: readonly Findings[]): DetailField {
  const rules: DetailRule[] = group.map(({ rule }) => rule).slice(0, MAX_RULES);
  const [first] = group;
  const list = group.some((finding) => finding.list);
  const samples = samplesOf(rules, all).map((text) => ({ text }));
  const known = group.find(({ type }) => type !== undefined)?.type;
  const { type, format } = typeOfColumn(samples, { label: first?.name ?? "" });
  return { name: (first?.name ?? "field").slice(0, 200), type: known ?? type, format, list, rules };
}

/** Two fields of one name are told apart by a number. */
function namedApart(fields: readonly DetailField[]): DetailField[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const count = (seen.get(field.name) ?? 0) + 1;
    seen.set(field.name, count);
    return count === 1 ? field : { ...field, name: `${field.name} ${count}` };
  });
}
