import { isTag, type Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import { elementAround, quoteElement, quoteSpan, type ContentIndex } from "./content-index.ts";
import { addFinding, type Findings, type Quote } from "./finding.ts";

const MAX_LABEL = 60;
const MAX_VALUE = 600;
const MAX_LINES = 4_000;
/** `Closing date: 12 May`. The label has letters, no address and no sentence in it. */
const LABELLED = /^([\p{L}(][^:：.!?]{0,58}?)\s*[:：]\s+(?!\/\/)(\S.*)$/u;
const LABEL_ALONE = /^([\p{L}(][^:：.!?]{0,58}?)\s*[:：]$/u;
const MAX_VALUE_LINES = 3;
/** Elements whose first child is one of many, not a label of the rest. */
const HOLDS_MANY = /^(?:[uo]l|table|t(?:body|head|foot)|dl|body|main|header|section|article)$/;
const SEGMENT = /\s+[|•·‧]\s+/g;

/** Label–value pairs: definition lists, tables of two columns, labelled lines, and a label in an element before its value. */
export function findLabels(index: ContentIndex, findings: Findings): void {
  for (const node of index.elements) {
    if (node.name === "dt") definition(index, node, findings);
    else if (node.name === "tr") row(index, node, findings);
    else pair(index, node, findings);
  }
  lines(index, findings);
}

function definition(index: ContentIndex, term: Element, findings: Findings): void {
  const quotes: Quote[] = [];
  for (let next = term.next; next && !(isTag(next) && next.name === "dt"); next = next.next) {
    if (isTag(next) && next.name === "dd" && index.outline.textOf(next) !== "") quotes.push(quoteElement(index, next));
  }
  addPair(findings, index.outline.textOf(term), quotes);
}

function row(index: ContentIndex, node: Element, findings: Findings): void {
  const cells = node.children
    .filter((child) => isTag(child) && (child.name === "td" || child.name === "th"))
    .filter(isTag);
  const [label, ...rest] = cells;
  if (!label || cells.length < 2 || cells.length > 4 || cells.every(({ name }) => name === "th")) return;
  const isHeader = label.name === "th" && rest.every((cell) => cell.name === "td");
  if (!isHeader && cells.length !== 2 && cells.length !== 4) return;
  if (cells.length === 4 && !isHeader) {
    const [first, value, second, other] = cells;
    if (first && value) addPair(findings, index.outline.textOf(first), quotesOf(index, [value]));
    if (second && other) addPair(findings, index.outline.textOf(second), quotesOf(index, [other]));
    return;
  }
  addPair(findings, index.outline.textOf(label), quotesOf(index, rest));
}

/** `<div><span>Prep time</span><span>10 min</span></div>`: a short label and its value are all that an element holds. */
function pair(index: ContentIndex, node: Element, findings: Findings): void {
  const span = index.outline.spanOf(node);
  if (!span || span[1] - span[0] > MAX_VALUE || span[1] === span[0] || holdsMany(node)) return;
  const parts = node.children.filter((child) => index.outline.textOf(child) !== "");
  const label = parts[0];
  if (!label || parts.length < 2 || parts.length > 4 || !isTag(label) || label.name === "a") return;
  const from = index.outline.spanOf(label);
  if (!from) return;
  const text = index.outline.textOf(label);
  if (!isShortLabel(text)) return;
  if (index.outline.linesIn([from[1], span[1]]).length > MAX_VALUE_LINES) return;
  addPair(findings, text, [quoteSpan(index, node, trimmed(index, [from[1], span[1]]))]);
}

const INLINE = new Set(["span", "strong", "b", "em", "i", "label", "small", "a", "time", "br"]);

/** A section of nothing but words in line is no more than a line of its own. */
function holdsMany({ name, children }: Element): boolean {
  if (!HOLDS_MANY.test(name)) return false;
  return name !== "section" || !children.every((child) => !isTag(child) || INLINE.has(child.name));
}

/** A few words without a number. */
export function isShortLabel(text: string): boolean {
  return text !== "" && text.length <= MAX_LABEL && !/\d/.test(text) && text.split(" ").length <= 6;
}

function lines(index: ContentIndex, findings: Findings): void {
  const body = index.elements[0];
  const span = body && index.outline.spanOf(body);
  if (!body || !span) return;
  const found = outside(index.asides, index.outline.linesIn(span)).slice(0, MAX_LINES);
  found.forEach((line, position) => {
    for (const segment of segmentsOf(index, line)) labelled(index, segment, body, findings);
    const next = found[position + 1];
    const text = index.outline.text.slice(line[0], line[1]);
    const label = line[1] - line[0] <= MAX_LABEL ? LABEL_ALONE.exec(text)?.[1] : undefined;
    if (label === undefined || !next || next[1] - next[0] > MAX_VALUE) return;
    addPair(findings, label, [quoteSpan(index, elementAround(index, next, body), next)]);
  });
}

/** Lines that stand in none of the stretches; both come in document order. */
function outside(stretches: readonly Span[], all: readonly Span[]): Span[] {
  let at = 0;
  return all.filter((line) => {
    while ((stretches[at]?.[1] ?? Infinity) <= line[0]) at += 1;
    return line[0] < (stretches[at]?.[0] ?? Infinity);
  });
}

function labelled(index: ContentIndex, segment: Span, body: Element, findings: Findings): void {
  if (segment[1] - segment[0] > MAX_VALUE) return;
  const match = LABELLED.exec(index.outline.text.slice(segment[0], segment[1]));
  const [, label, value] = match ?? [];
  if (label === undefined || value === undefined) return;
  const span: Span = [segment[1] - value.length, segment[1]];
  addPair(findings, label, [quoteSpan(index, elementAround(index, span, body), span)]);
}

function segmentsOf(index: ContentIndex, line: Span): Span[] {
  const text = index.outline.text.slice(line[0], line[1]);
  const segments: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(SEGMENT)) {
    segments.push([line[0] + from, line[0] + match.index]);
    from = match.index + match[0].length;
  }
  return [...segments, [line[0] + from, line[1]]];
}

/** Adds a label with what it names, unless it is none, or the page said it before. */
export function addPair(findings: Findings, printed: string, quotes: readonly Quote[]): void {
  const label = printed.replace(/[\s:：]+$/u, "").trim();
  if (label === "" || label.length > MAX_LABEL || !/\p{L}{2}/u.test(label)) return;
  const filled = quotes.filter(({ text }) => text !== "" && text.length <= 4_000);
  addFinding(findings, { rule: { by: "label", label }, name: label, quotes: filled, list: filled.length > 1 });
}

function quotesOf(index: ContentIndex, nodes: readonly Element[]): Quote[] {
  return nodes.map((node) => quoteElement(index, node));
}

/** Leaves out the colon and space between a label and its value. */
export function trimmed(index: ContentIndex, [start, end]: Span): Span {
  let from = start;
  while (from < end && /[\s:：]/u.test(index.outline.text[from] ?? "")) from += 1;
  return [from, end];
}
