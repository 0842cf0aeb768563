import { isTag, type Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import { parentOf } from "../page/elements.ts";
import { quoteElement, quoteSpan, type ContentIndex } from "./content-index.ts";
import { addPair, isShortLabel, trimmed } from "./find-labels.ts";
import type { Findings } from "./finding.ts";

const MAX_VALUE = 150;
const MAX_LINES = 4_000;
const MAX_CLIMB = 4;
const MAX_CELLS = 60;
/** What authors call the cell of a label. */
const NAMED_LABEL = /(?:^|[\s_-])(?:label|lbl|lab|title|key|term|caption|heading|name)s?(?=$|[\s_-])/i;
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
    if (label) startOfLine(index, line, label, findings);
  }
}

/**
 * `<div class=label>Buyer</div><div class=value>Harbour Office</div><div class=label>…`: a grid without boxes around its
 * pairs, perhaps with other things before and after them.
 */
function byTurns(index: ContentIndex, node: Element, findings: Findings): void {
  if (node.name === "tr") return;
  const cells = node.children.filter(isTag).slice(0, MAX_CELLS);
  const looks = cells.map(looksOf);
  for (let from = 0; from + 3 < cells.length;) {
    const length = turnsFrom(looks, from);
    const run = length < 4 ? [] : cells.slice(from, from + length - (length % 2));
    const labels = run.filter((_, at) => at % 2 === 0);
    if (labels.length === 0 || !labels.every((label) => isShortLabel(index.outline.textOf(label)))) {
      from += 1;
      continue;
    }
    for (const [at, label] of labels.entries()) {
      const value = run[2 * at + 1];
      if (value) addPair(findings, index.outline.textOf(label), [quoteElement(index, value)]);
    }
    from += run.length;
  }
}

/** How many cells from here on look like the first and the second by turns. */
function turnsFrom(looks: readonly string[], from: number): number {
  const [first, second] = looks.slice(from, from + 2);
  if (first === undefined || second === undefined || first === second) return 0;
  if (NAMED_LABEL.test(second) && !NAMED_LABEL.test(first)) return 0;
  let length = 2;
  while (from + length < looks.length && looks[from + length] === (length % 2 === 0 ? first : second)) length += 1;
  return length;
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
function startOfLine(index: ContentIndex, line: Span, label: Element, findings: Findings): void {
  const span = index.outline.spanOf(label);
  const name = index.outline.textOf(label);
  if (!span || span[1] >= line[1] || line[1] - span[1] > MAX_VALUE || !isShortLabel(name)) return;
  const value = trimmed(index, [span[1], line[1]]);
  if (/^[\p{Ll},.;–—-]/u.test(index.outline.text.slice(value[0], value[1]))) return;
  const holder = holderOf(index, label, value);
  if (holder) addPair(findings, name, [quoteSpan(index, holder, value)]);
}

/** The nearest element around a label that holds its value too. */
function holderOf(index: ContentIndex, label: Element, value: Span): Element | null {
  let holder = parentOf(label);
  for (let climbed = 0; holder && climbed < MAX_CLIMB; climbed += 1) {
    const span = index.outline.spanOf(holder);
    if (span && span[0] <= value[0] && span[1] >= value[1]) return holder;
    holder = parentOf(holder);
  }
  return null;
}

function duration(index: ContentIndex, node: Element, findings: Findings): void {
  const span = index.outline.spanOf(node);
  if (!span || span[1] - span[0] > 60 || span[1] - span[0] < 6) return;
  const [, label, value] = DURATION.exec(index.outline.text.slice(span[0], span[1])) ?? [];
  if (label === undefined || value === undefined || !HAS_UNIT.test(value)) return;
  addPair(findings, label, [quoteSpan(index, node, [span[1] - value.length, span[1]])]);
}
