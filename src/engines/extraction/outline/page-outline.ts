import { isTag, isText, type AnyNode, type Element, type ParentNode } from "domhandler";
import type { Page } from "../page/page.ts";
import { BLOCK, INVISIBLE } from "../page/text-of.ts";

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
  readonly #spans: ReadonlyMap<AnyNode, Span>;

  constructor(root: ParentNode) {
    const writer = new OutlineWriter();
    writer.walk(root);
    this.text = writer.parts.join("");
    this.elements = writer.elements;
    this.breaks = writer.breaks;
    this.#spans = writer.spans;
  }

  /** Where the visible text of a node stands, without space at its ends; null when the node is invisible. */
  spanOf(node: AnyNode): Span | null {
    const span = this.#spans.get(node);
    return span ? trimSpan(this.text, span) : null;
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
      const span = this.#spans.get(node);
      if (!span) continue;
      if (span[0] < start) start = span[0];
      if (span[1] > end) end = span[1];
    }
    return end < 0 ? [0, 0] : trimSpan(this.text, [start, end]);
  }

  /** The lines inside a span: what breaks part. Empty lines are left out. */
  linesIn([start, end]: Span): Span[] {
    const lines: Span[] = [];
    let from = start;
    for (let i = lowerBound(this.breaks, start + 1); i < this.breaks.length; i += 1) {
      const at = this.breaks[i] ?? end;
      if (at >= end) break;
      pushLine(this.text, lines, [from, at]);
      from = at;
    }
    pushLine(this.text, lines, [from, end]);
    return lines;
  }
}

class OutlineWriter {
  readonly parts: string[] = [];
  readonly elements: Element[] = [];
  readonly breaks: number[] = [];
  readonly spans = new Map<AnyNode, Span>();
  #at = 0;
  #space = false;

  /** Walks with its own stack: hostile pages nest deeper than the call stack reaches. */
  walk(root: ParentNode): void {
    const open: { node: ParentNode; next: AnyNode | null; start: number }[] = [this.#enter(root)];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const child = top.next;
      if (!child) {
        this.#leave(top.node, top.start);
        open.pop();
        continue;
      }
      top.next = child.next;
      if (isText(child)) this.#write(child, child.data);
      else if ("children" in child && !(isTag(child) && INVISIBLE.has(child.name))) open.push(this.#enter(child));
    }
  }

  #enter(node: ParentNode): { node: ParentNode; next: AnyNode | null; start: number } {
    if (isTag(node)) {
      this.elements.push(node);
      if (BLOCK.has(node.name)) this.#break();
    }
    return { node, next: node.firstChild, start: this.#at };
  }

  #leave(node: ParentNode, start: number): void {
    if (!isTag(node)) return;
    this.spans.set(node, [start, this.#at]);
    if (BLOCK.has(node.name)) this.#break();
  }

  #break(): void {
    this.#space = true;
    if (this.#at > 0 && this.breaks.at(-1) !== this.#at) this.breaks.push(this.#at);
  }

  #write(node: AnyNode, data: string): void {
    const start = this.#at;
    const collapsed = data.replace(/\s+/g, " ");
    const leads = collapsed.startsWith(" ");
    const content = collapsed.trim();
    if (leads) this.#space = true;
    if (content !== "") {
      if (this.#space && this.#at > 0) this.#push(" ");
      this.#push(content);
      this.#space = collapsed.endsWith(" ") && collapsed.length > 1;
    }
    this.spans.set(node, [start, this.#at]);
  }

  #push(text: string): void {
    this.parts.push(text);
    this.#at += text.length;
  }
}

const outlines = new WeakMap<Page, PageOutline>();

/** The outline of a page, made once. */
export function outlineOf(page: Page): PageOutline {
  let outline = outlines.get(page);
  if (!outline) outlines.set(page, (outline = new PageOutline(page.root)));
  return outline;
}

function trimSpan(text: string, [start, end]: Span): Span {
  let from = start;
  let to = end;
  while (from < to && text.charCodeAt(from) === 32) from += 1;
  while (to > from && text.charCodeAt(to - 1) === 32) to -= 1;
  return [from, to];
}

function pushLine(text: string, lines: Span[], span: Span): void {
  const line = trimSpan(text, span);
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
