import { isTag, type AnyNode, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { type NodePaths } from "../outline/node-paths.ts";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { compileSelector, selectFirst, textRun, type Selector } from "../records/selector.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { FieldPlace, FieldRule } from "./field-rule.ts";
import { labelKey, labelledIn, type LabelledValue } from "./labelled-lines.ts";
import { attributeIn, attributeOf, attributeValue, textValue } from "./read-value.ts";
import { cellInColumn, headerOf } from "./table-header.ts";

/** What was found for a field: an element and a stretch of text in it; `nodes` are those it runs across, where they told it. */
export interface Found {
  readonly element: Element;
  readonly span: Span;
  readonly nodes: readonly AnyNode[] | null;
}

/** Reads fields from the records of one page. Holds what several fields of one record need in common. */
export class FieldReader {
  readonly #page: Page;
  readonly #outline: PageOutline;
  readonly #paths: NodePaths;
  readonly #columns = new Map<string, number>();
  #columnsOf: Element | null = null;
  #labels: { unit: RecordUnit; values: ReadonlyMap<string, LabelledValue> } | null = null;

  constructor(page: Page, paths: NodePaths) {
    this.#page = page;
    this.#outline = outlineOf(page);
    this.#paths = paths;
  }

  /** The value of a field at one of its places; null when the record has none there. */
  read(rule: FieldRule, place: FieldPlace, unit: RecordUnit): ExtractedValue | null {
    const found = this.find(place, unit);
    if (!found) return null;
    const path = this.#paths.of(found.element);
    if (readsAttribute(rule, place)) {
      const attribute = attributeIn(rule, found.element.attribs[attributeOf(rule)]);
      return attribute && attributeValue(rule, attribute, { path, baseUrl: this.#page.baseUrl });
    }
    const within = this.#outline.spanOf(found.element) ?? found.span;
    return textValue(rule, { text: this.#outline.text, span: found.span, within }, path);
  }

  /** Where a field stands in a record by one of its places; null when the record has none there. */
  find(place: FieldPlace, unit: RecordUnit): Found | null {
    switch (place.by) {
      case "label":
        return this.#findLabelled(place.label, unit);
      case "heading":
        return this.#findHeading(unit);
      case "header":
        return this.#findUnderHeader(place, unit);
      case "selector":
        return this.#select(place.selector, unit);
      case "key":
        return null;
    }
  }

  #select(source: string, unit: RecordUnit): Found | null {
    const selector = compileSelector(source);
    if (!selector) return null;
    const [node] = unit.nodes;
    const alone = unit.nodes.length === 1 && node && isTag(node) ? node : null;
    return this.#pick(selector, alone, alone ? alone.children : unit.nodes, unit.container);
  }

  #pick(selector: Selector, scope: Element | null, children: readonly AnyNode[], container: Element): Found | null {
    const element = selector.steps.length === 0 ? scope : selectFirst(selector, children);
    if (!element && selector.steps.length > 0) return null;
    if (selector.leaf === "element") return element ? this.#spanned(element, [element]) : null;
    const start =
      selector.leaf === "next-text" ? (element?.next ?? null) : element ? element.firstChild : (children[0] ?? null);
    const holder = selector.leaf === "next-text" ? element?.parent : (element ?? container);
    const run = textRun(start).filter(
      (text) => children.length === 0 || scope !== null || selector.steps.length > 0 || children.includes(text),
    );
    return holder && isTag(holder) && run.length > 0 ? this.#spanned(holder, run) : null;
  }

  #spanned(element: Element, nodes: readonly AnyNode[]): Found | null {
    const span = this.#outline.spanAcross(nodes);
    return span[1] >= span[0] ? { element, span, nodes } : null;
  }

  #findUnderHeader(place: Extract<FieldPlace, { by: "header" }>, unit: RecordUnit): Found | null {
    const [row] = unit.nodes;
    if (!row || !isTag(row) || row.name !== "tr") return null;
    const column = this.#columnUnder(place.header, unit.container);
    const cell = column < 0 ? null : cellInColumn(row, column);
    if (!cell) return null;
    const selector = compileSelector(place.within ?? ":scope");
    return selector ? this.#pick(selector, cell, cell.children, cell) : null;
  }

  /** Which column of a table a header stands over; -1 when none has it. */
  #columnUnder(header: string, container: Element): number {
    if (this.#columnsOf !== container) {
      this.#columnsOf = container;
      this.#columns.clear();
    }
    let column = this.#columns.get(header);
    if (column === undefined) {
      const wanted = labelKey(header);
      column = headerOf(this.#page, container).findIndex((text) => labelKey(text) === wanted);
      this.#columns.set(header, column);
    }
    return column;
  }

  #findLabelled(label: string, unit: RecordUnit): Found | null {
    if (this.#labels?.unit !== unit) {
      const values = new Map<string, LabelledValue>();
      for (const value of labelledIn(this.#outline, unit.span))
        if (!values.has(value.label)) values.set(value.label, value);
      this.#labels = { unit, values };
    }
    const found = this.#labels.values.get(label);
    return found
      ? { element: this.#holderOf(found.span, unit.container, unit.nodes), span: found.span, nodes: null }
      : null;
  }

  #findHeading({ heading, container }: RecordUnit): Found | null {
    if (!heading) return null;
    let around: Element = container;
    for (let own = this.#outline.spanOf(around); own && own[0] > heading[0]; own = this.#outline.spanOf(around)) {
      if (!around.parent || !isTag(around.parent)) break;
      around = around.parent;
    }
    return { element: this.#holderOf(heading, around, around.children), span: heading, nodes: null };
  }

  /** The innermost element that holds a stretch of text. */
  #holderOf(span: Span, start: Element, nodes: readonly AnyNode[]): Element {
    let holder = start;
    let children = nodes;
    for (;;) {
      const next = children.find((child) => {
        const own = isTag(child) ? this.#outline.spanOf(child) : null;
        return own !== null && own[0] <= span[0] && own[1] >= span[1];
      });
      if (!next || !isTag(next)) return holder;
      holder = next;
      children = next.children;
    }
  }
}

/** Words tell a place by themselves: what stands there is their text. */
export const readsAttribute = ({ take }: FieldRule, { by }: FieldPlace): boolean =>
  take.from === "attribute" && (by === "header" || by === "selector");
