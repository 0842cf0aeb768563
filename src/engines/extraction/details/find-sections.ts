import { isTag, type Element } from "domhandler";
import { lowerBound, type Span } from "../outline/page-outline.ts";
import { quoteElement, type ContentIndex, type Heading } from "./content-index.ts";
import { addFinding, labelKey, type Findings, type Quote } from "./finding.ts";

const MAX_ITEMS = 400;
/** A remark beside a heading ("for 4 people") is no content of its own. */
const REMARK = 40;
/** Share of a section that its items must hold. */
const MIN_FILLED = 0.5;

/** What stands under each heading: the items of its lists, else its paragraphs. Groups under lower headings count in. */
export function findSections(index: ContentIndex, findings: Findings): void {
  const subjects = [index.page.title, ...index.headings.filter(({ level }) => level === 1).map(({ text }) => text)].map(
    labelKey,
  );
  const headings = new Set(index.headings.map(({ node }) => node));
  const starts = index.elements.map((node) => index.outline.spanOf(node)?.[0] ?? 0);
  for (const heading of index.headings) {
    if (heading.level === 1 || heading.text.length > 80 || isSubject(heading, subjects)) continue;
    const span = sectionSpan(index, heading);
    const inside = elementsIn(index, starts, span);
    const items = itemsOf(index, headings, inside, span[1] - span[0]) ?? nextList(index, heading);
    if (items.length === 0) continue;
    const [name, quotes] = [heading.text.replace(/[\s:：]+$/u, ""), items.slice(0, MAX_ITEMS)];
    if (name === "") continue;
    addFinding(findings, { rule: { by: "heading", heading: name, list: true }, name, quotes, list: true });
  }
}

/** From the end of a heading to the next one that is as high, but not beyond the part of the page it heads. */
function sectionSpan(index: ContentIndex, heading: Heading): Span {
  const next = index.headings.find(({ span, level }) => span[0] >= heading.span[1] && level <= heading.level);
  const end = next ? next.span[0] : index.outline.text.length;
  for (let around = heading.node.parent; around && isTag(around); around = around.parent) {
    const own = index.outline.spanOf(around);
    if (!own || own[1] <= heading.span[1] + REMARK) continue;
    if (own[1] - heading.span[1] > REMARK || around.name === "body") return [heading.span[1], Math.min(end, own[1])];
  }
  return [heading.span[1], end];
}

function elementsIn(index: ContentIndex, starts: readonly number[], [start, end]: Span): Element[] {
  const inside: Element[] = [];
  for (let i = lowerBound(starts, start); i < index.elements.length && inside.length < 4_000; i += 1) {
    const node = index.elements[i];
    const span = node && index.outline.spanOf(node);
    if (!node || !span || span[0] >= end) break;
    if (span[1] <= end && span[1] > span[0]) inside.push(node);
  }
  return inside;
}

/** A lower heading between items names a group of them and counts as one of the lines. */
function isGroupName(node: Element, headings: ReadonlySet<Element>, items: ReadonlySet<Element>): boolean {
  if (!headings.has(node)) return false;
  for (let up = node.parent; up && isTag(up); up = up.parent) if (items.has(up)) return false;
  return true;
}

/** Room for "recipe" or "the" around a title; "How to make …" around it heads a field. */
const MOST_AROUND_TITLE = 8;

/** A heading that repeats the page's title names the subject, not one of its fields. */
function isSubject(heading: Heading, subjects: readonly string[]): boolean {
  const key = labelKey(heading.text);
  return subjects.some(
    (subject) =>
      subject !== "" &&
      key.length > 12 &&
      (subject.includes(key) || (key.includes(subject) && key.length - subject.length <= MOST_AROUND_TITLE)),
  );
}

/** The first kind of item that makes up most of the section. */
function itemsOf(
  index: ContentIndex,
  headings: ReadonlySet<Element>,
  inside: readonly Element[],
  length: number,
): Quote[] | null {
  const kinds = [
    innermost(inside, "li"),
    inside.filter(({ name }) => name === "tr"),
    inside.filter((node) => node.name === "p" && !headings.has(node)),
    blocks(index, inside).filter((node) => !headings.has(node)),
  ];
  for (const nodes of kinds) {
    const items = new Set(nodes);
    const grouped =
      nodes.length > 2 ? inside.filter((node) => items.has(node) || isGroupName(node, headings, items)) : nodes;
    const quotes = grouped.map((node) => quoteElement(index, node)).filter(({ text }) => text !== "");
    const filled = quotes.reduce((sum, { text }) => sum + text.length, 0);
    if (quotes.length > 0 && filled >= MIN_FILLED * length) return quotes;
  }
  return null;
}

/** The list right after a heading in whose section other things follow. */
function nextList(index: ContentIndex, { node }: Heading): Quote[] {
  let next = node.next;
  while (next && !isTag(next)) next = next.next;
  if (!next || (next.name !== "ul" && next.name !== "ol")) return [];
  return next.children
    .filter(isTag)
    .map((item) => quoteElement(index, item))
    .filter(({ text }) => text !== "");
}

/** Items that hold no items themselves. */
export function innermost(nodes: readonly Element[], name: string): Element[] {
  const named = nodes.filter((node) => node.name === name);
  const holders = new Set<Element>();
  for (const node of named) {
    for (let up = node.parent; up && isTag(up) && !holders.has(up); up = up.parent) holders.add(up);
  }
  return named.filter((node) => !holders.has(node));
}

/** Blocks without blocks in them: the lines of a page that knows no paragraphs. */
function blocks(index: ContentIndex, inside: readonly Element[]): Element[] {
  const block = inside.filter(({ name }) => /^(?:div|section|article|dd|pre|blockquote|td)$/.test(name));
  const holders = new Set(block.map(({ parent }) => parent));
  return block.filter((node) => !holders.has(node) && index.outline.textOf(node) !== "");
}
