import { isTag, type Element } from "domhandler";
import { lowerBound, type Span } from "../outline/page-outline.ts";
import { quoteElement, type ContentIndex, type Heading } from "./content-index.ts";
import { addFinding, type Findings, type Quote } from "./finding.ts";

const MAX_ITEMS = 400;
/** A remark beside a heading ("for 4 people") is no content of its own. */
const REMARK = 40;

/** What stands under each heading: the items of its lists, else its paragraphs. Groups under lower headings count in. */
export function findSections(index: ContentIndex, findings: Findings): void {
  const starts = index.elements.map((node) => index.outline.spanOf(node)?.[0] ?? 0);
  for (const heading of index.headings) {
    if (heading.level === 1 || heading.text.length > 80) continue;
    const inside = elementsIn(index, starts, sectionSpan(index, heading));
    const items = itemsOf(index, inside);
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

function itemsOf(index: ContentIndex, inside: readonly Element[]): Quote[] {
  const items = innermost(inside, "li");
  if (items.length > 0) return items.map((node) => quoteElement(index, node));
  const rows = inside.filter(({ name }) => name === "tr");
  if (rows.length > 1) return rows.map((node) => quoteElement(index, node));
  const paragraphs = inside.filter(
    (node) => node.name === "p" && !index.headings.some((heading) => heading.node === node),
  );
  if (paragraphs.length > 0) return paragraphs.map((node) => quoteElement(index, node));
  return blocks(index, inside).map((node) => quoteElement(index, node));
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
