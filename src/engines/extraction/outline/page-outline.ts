import { isTag, isText, type AnyNode, type Element, type ParentNode } from "domhandler";
import type { Page } from "../page/page.ts";
import { BLOCK, INVISIBLE } from "../page/text-of.ts";
import { TextWriter } from "./text-writer.ts";

/** A stretch of the page's text: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/**
 * The page's visible text in one string, and where every node stands in it. Built in one walk, so that the text of any
 * node costs one slice however deep or often it is asked for. `textOf(node)` here and in `page/text-of.ts` are equal.
 */
export class PageOutline {
  readonly text: string;
  /** Elements in document order, without what is invisible. */
  readonly elements: readonly Element[];
  /** Offsets at which a block, cell or line break parts the text, ascending. */
  readonly breaks: readonly number[];

  constructor(root: ParentNode) {
    const writer = new OutlineWriter();
    writer.walk(root);
    this.text = writer.text;
    this.elements = writer.elements;
    this.breaks = writer.breaks;
  }

  /** Where the visible text of a node stands, without space at its ends; null when the node is invisible. */
  spanOf(node: AnyNode): Span | null {
    const { startIndex, endIndex } = node;
    return startIndex === null || endIndex === null ? null : trimSpan(this.text, startIndex, endIndex);
  }

  textOf(node: AnyNode): string {
    const span = this.spanOf(node);
    return span ? this.text.slice(span[0], span[1]) : "";
  }

  /** Span from the first to the last of some neighbours. */
  spanAcross(nodes: readonly AnyNode[]): Span {
    let start = Infinity;
    let end = -1;
    for (const node of nodes) {
      const { startIndex, endIndex } = node;
      if (startIndex === null || endIndex === null) continue;
      if (startIndex < start) start = startIndex;
      if (endIndex > end) end = endIndex;
    }
    return end < 0 ? [0, 0] : trimSpan(this.text, start, end);
  }

  /** The lines inside a span: what breaks part. Empty lines are left out. */
  linesIn([start, end]: Span): Span[] {
    const lines: Span[] = [];
    let from = start;
    for (let i = lowerBound(this.breaks, start + 1); i < this.breaks.length; i += 1) {
      const at = this.breaks[i] ?? end;
      if (at >= end) break;
      pushLine(this.text, lines, from, at);
      from = at;
    }
    pushLine(this.text, lines, from, end);
    return lines;
  }
}

/**
 * Spans stand on the nodes themselves, as the indices that domhandler has for places in a source and that `parsePage`
 * leaves empty: a map of all nodes would cost more than the walk. What is invisible keeps `null`.
 */
class OutlineWriter {
  readonly elements: Element[] = [];
  readonly breaks: number[] = [];
  readonly #writer = new TextWriter(this.breaks);

  get text(): string {
    return this.#writer.text;
  }

  /** Walks without recursion: hostile pages nest deeper than the call stack reaches. */
  walk(root: ParentNode): void {
    let parent = root;
    let node: AnyNode | null = root.firstChild;
    for (;;) {
      while (!node) {
        if (parent === root) return;
        const left: AnyNode = parent;
        this.#leave(left);
        node = left.next;
        parent = left.parent ?? root;
      }
      if (isText(node)) {
        node.startIndex = this.#writer.at;
        this.#writer.write(node.data);
        node.endIndex = this.#writer.at;
      } else if ("children" in node && !(isTag(node) && INVISIBLE.has(node.name))) {
        this.#enter(node);
        parent = node;
        node = node.firstChild;
        continue;
      }
      node = node.next;
    }
  }

  #enter(node: ParentNode): void {
    if (!isTag(node)) return;
    this.elements.push(node);
    if (BLOCK.has(node.name)) this.#writer.break();
    node.startIndex = this.#writer.at;
  }

  #leave(node: AnyNode): void {
    if (!isTag(node)) return;
    node.endIndex = this.#writer.at;
    if (BLOCK.has(node.name)) this.#writer.break();
  }
}

/** The outline of a page, made once. */
export function outlineOf(page: Page): PageOutline {
  return (page.notes.outline ??= new PageOutline(page.root));
}

/** A span without the space at its ends. */
export function trimSpan(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && text.charCodeAt(from) === 32) from += 1;
  while (to > from && text.charCodeAt(to - 1) === 32) to -= 1;
  return [from, to];
}

function pushLine(text: string, lines: Span[], from: number, to: number): void {
  const line = trimSpan(text, from, to);
  if (line[1] > line[0]) lines.push(line);
}

/** Index of the first value that is not smaller. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
