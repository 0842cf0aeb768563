import { isTag, type Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import { elementAround, quoteElement, quoteSpan, type ContentIndex } from "./content-index.ts";
import { addPair, isShortLabel, trimmed } from "./find-labels.ts";
import type { Findings } from "./finding.ts";

const MAX_VALUE = 150;
const MAX_LINES = 4_000;
const MAX_PAIRS = 60;
const STRONG = new Set(["strong", "b", "label", "th"]);
/** "Ready in 55 minutes": words, then a length of time and nothing else. */
const DURATION =
  /^(\p{L}[^\d:：]{1,40}?)\s+((?:ca\.|about|approx\.?|circa|env\.|~)?\s*\d[\d.,/½¼¾–-]*\s*(?:hours?|hrs?|h|std\.?|stunden?|heures?|horas?|ore|ora|uur|timm\p{L}*|godz\p{L}*|hod\p{L}*|ч\p{L}*)?(?:\s*\d*\s*(?:min(?:s|ut\p{L}*)?|perc|мин\p{L}*)\.?)?)$/iu;
const HAS_UNIT = /\d\s*\p{L}/u;

/** Labels told by layout where neither colon nor list says so: cells by turns, one row under its heads, bold at the start of a line. */
export function findLaidOutLabels(index: ContentIndex, findings: Findings): void {
  const strong = new Map<number, Element>();
  for (const node of index.elements) {
    if (node.name === "table") headedRow(index, node, findings);
    else byTurns(index, node, findings);
    const span = STRONG.has(node.name) ? index.outline.spanOf(node) : null;
    if (span && !strong.has(span[0])) strong.set(span[0], node);
    duration(index, node, findings);
  }
  const body = index.elements[0];
  const span = body && index.outline.spanOf(body);
  if (!body || !span || strong.size === 0) return;
  for (const line of index.outline.linesIn(span).slice(0, MAX_LINES)) {
    const label = strong.get(line[0]);
    if (label) startOfLine(index, line, { label, body, findings });
  }
}

/** `<div class=label>Buyer</div><div class=value>Harbour Office</div><div class=label>…`: a grid without boxes around its pairs. */
function byTurns(index: ContentIndex, node: Element, findings: Findings): void {
  const cells = node.children.filter(isTag);
  if (cells.length < 4 || cells.length % 2 !== 0 || cells.length > 2 * MAX_PAIRS || node.name === "tr") return;
  const [first, second] = cells.map(looksOf);
  if (first === second || cells.some((cell, at) => looksOf(cell) !== (at % 2 === 0 ? first : second))) return;
  const labels = cells.filter((_, at) => at % 2 === 0);
  if (!labels.every((label) => isShortLabel(index.outline.textOf(label)))) return;
  for (const [at, label] of labels.entries()) {
    const value = cells[2 * at + 1];
    if (value) addPair(findings, index.outline.textOf(label), [quoteElement(index, value)]);
  }
}

function looksOf({ name, attribs }: Element): string {
  return `${name} ${attribs["class"] ?? ""}`;
}

/** A table of one record: its heads, and one row. */
function headedRow(index: ContentIndex, table: Element, findings: Findings): void {
  const rows = table.children
    .flatMap((child) => (isTag(child) && /^t(?:head|body)$/.test(child.name) ? child.children : [child]))
    .filter(isTag)
    .filter(({ name }) => name === "tr");
  const [heads, values] = rows.slice(0, 2).map((row) => row.children.filter(isTag));
  if (!heads || !values || rows.length !== 2 || heads.length < 2 || heads.length !== values.length) return;
  if (!heads.every(({ name }) => name === "th") || !values.every(({ name }) => name === "td")) return;
  for (const [at, head] of heads.entries()) {
    const value = values[at];
    if (value) addPair(findings, index.outline.textOf(head), [quoteElement(index, value)]);
  }
}

/** `<strong>Docket</strong> 2020-456<br>`: what goes on in small letters is a sentence, not a value. */
function startOfLine(
  index: ContentIndex,
  line: Span,
  { label, body, findings }: { label: Element; body: Element; findings: Findings },
): void {
  const span = index.outline.spanOf(label);
  const name = index.outline.textOf(label);
  if (!span || span[1] >= line[1] || line[1] - span[1] > MAX_VALUE || !isShortLabel(name)) return;
  const value = trimmed(index, [span[1], line[1]]);
  if (/^[\p{Ll},.;–—-]/u.test(index.outline.text.slice(value[0], value[1]))) return;
  addPair(findings, name, [quoteSpan(index, elementAround(index, value, body), value)]);
}

function duration(index: ContentIndex, node: Element, findings: Findings): void {
  const span = index.outline.spanOf(node);
  if (!span || span[1] - span[0] > 60 || span[1] - span[0] < 6) return;
  const [, label, value] = DURATION.exec(index.outline.text.slice(span[0], span[1])) ?? [];
  if (label === undefined || value === undefined || !HAS_UNIT.test(value)) return;
  addPair(findings, label, [quoteSpan(index, node, [span[1] - value.length, span[1]])]);
}
