import { isTag, type AnyNode, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { type NodePaths } from "../outline/node-paths.ts";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import { ownCopy } from "../page/own-copy.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { addressIn, holdsAddress, type WrittenAddress } from "../page/written-address.ts";
import { compileSelector, selectFirst, textRun, type Selector } from "../records/selector.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { FieldType } from "../values/field-type.ts";
import { normalise } from "../values/recognise.ts";
import type { Recognised } from "../values/recognised.ts";
import { trimDecoration } from "./clean-text.ts";
import type { FieldPlace, FieldRule } from "./field-rule.ts";
import { labelKey, labelledIn, type LabelledValue } from "./labelled-lines.ts";
import { cellInColumn, headerOf } from "./table-header.ts";
import { compilePattern, matchPattern } from "./text-pattern.ts";

/** What was found for a field before it is typed: a stretch of text, or an attribute. */
type Found =
  | { readonly element: Element; readonly span: Span }
  | {
      readonly element: Element;
      readonly attribute: string;
      readonly value: string;
      readonly range: WrittenAddress["range"];
    };

/** Types whose words are kept as they stand: cutting a code or translating a status would lose what the page says. */
const AS_WRITTEN: ReadonlySet<FieldType> = new Set(["text", "reference", "status", "number"]);

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
    const found = this.#find(rule, place, unit);
    if (!found) return null;
    return "attribute" in found ? this.#attributeValue(rule, found) : this.#textValue(rule, found);
  }

  #find(rule: FieldRule, place: FieldPlace, unit: RecordUnit): Found | null {
    if (place.by === "label") return this.#findLabelled(place.label, unit);
    if (place.by === "heading") return this.#findHeading(unit);
    const found =
      place.by === "header"
        ? this.#findUnderHeader(place, unit)
        : place.by === "selector"
          ? this.#select(place.selector, unit)
          : null;
    if (!found || rule.take.from !== "attribute") return found;
    const attribute = rule.take.attribute ?? "href";
    if (holdsAddress(attribute)) {
      const written = addressIn(found.element, attribute);
      return written && { element: found.element, attribute, value: written.text, range: written.range };
    }
    const value = found.element.attribs[attribute];
    return value === undefined || value.trim() === ""
      ? null
      : { element: found.element, attribute, value, range: null };
  }

  #select(source: string, unit: RecordUnit): { element: Element; span: Span } | null {
    const selector = compileSelector(source);
    if (!selector) return null;
    const [node] = unit.nodes;
    const alone = unit.nodes.length === 1 && node && isTag(node) ? node : null;
    return this.#pick(selector, alone, alone ? alone.children : unit.nodes, unit.container);
  }

  #pick(
    selector: Selector,
    scope: Element | null,
    children: readonly AnyNode[],
    container: Element,
  ): { element: Element; span: Span } | null {
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

  #spanned(element: Element, nodes: readonly AnyNode[]): { element: Element; span: Span } | null {
    const span = this.#outline.spanAcross(nodes);
    return span[1] >= span[0] ? { element, span } : null;
  }

  #findUnderHeader(
    place: Extract<FieldPlace, { by: "header" }>,
    unit: RecordUnit,
  ): { element: Element; span: Span } | null {
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
    return found ? { element: this.#holderOf(found.span, unit.container, unit.nodes), span: found.span } : null;
  }

  #findHeading({ heading, container }: RecordUnit): Found | null {
    if (!heading) return null;
    let around: Element = container;
    for (let own = this.#outline.spanOf(around); own && own[0] > heading[0]; own = this.#outline.spanOf(around)) {
      if (!around.parent || !isTag(around.parent)) break;
      around = around.parent;
    }
    return { element: this.#holderOf(heading, around, around.children), span: heading };
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

  #attributeValue(
    rule: FieldRule,
    { element, attribute, value, range }: Extract<Found, { attribute: string }>,
  ): ExtractedValue | null {
    const isAddress = holdsAddress(attribute);
    const normal = isAddress ? (resolveUrl(value, this.#page.baseUrl) ?? value.trim()) : value.trim();
    const typed = isAddress ? null : readAs(rule, normal);
    return {
      value: typed?.value ?? normal,
      raw: value,
      type: rule.type,
      path: this.#paths.of(element),
      attribute,
      ...(range ? { range } : {}),
      confidence: typed?.confidence ?? 0.9,
    };
  }

  #textValue(rule: FieldRule, { element, span }: { element: Element; span: Span }): ExtractedValue | null {
    const { pattern, part } = rule.take;
    const outlined = this.#outline.text;
    let [start, end] = this.#clean(span);
    if (pattern !== undefined) {
      const chosen = matchPattern(compilePattern(pattern), outlined.slice(start, end))?.[part ?? 0];
      if (!chosen) return null;
      [start, end] = this.#clean([start + chosen[0], start + chosen[1]]);
    }
    const text = outlined.slice(start, end);
    return text === "" ? null : this.#typed(rule, element, [start, end], text);
  }

  #clean([start, end]: Span): Span {
    const cut = trimDecoration(this.#outline.text.slice(start, end));
    return [start + cut.start, start + cut.end];
  }

  #typed(rule: FieldRule, element: Element, [start, end]: Span, text: string): ExtractedValue {
    const { type } = rule;
    const isAsWritten = AS_WRITTEN.has(type);
    const typed = isAsWritten ? null : readAs(rule, text);
    const cut = typed?.from === "text" ? typed.range : null;
    const from = cut ? start + cut[0] : start;
    const to = cut ? start + cut[1] : end;
    const [first, last] = this.#outline.spanOf(element) ?? [start, end];
    const value = typed?.value ?? text;
    const raw = cut ? this.#outline.text.slice(from, to) : text;
    const path = this.#paths.of(element);
    const confidence = typed ? typed.confidence : isAsWritten ? 0.9 : 0.5;
    return from === first && to === last
      ? { value, raw, type, path, confidence }
      : { value, raw, type, path, range: [from - first, to - first], confidence };
  }
}

/** What texts of a field were read as: dates, places and states repeat from record to record and from page to page. */
const readings = new WeakMap<FieldRule, Map<string, Recognised | null>>();
const MOST_READINGS = 1000;
const LONGEST_READING = 100;

function readAs(rule: FieldRule, text: string): Recognised | null {
  if (text.length > LONGEST_READING) return normalise(text, rule.type, rule.format ?? {});
  let read = readings.get(rule);
  if (!read) readings.set(rule, (read = new Map()));
  const known = read.get(text);
  if (known !== undefined) return known;
  const own = ownCopy(text);
  const found = normalise(own, rule.type, rule.format ?? {});
  if (read.size >= MOST_READINGS) read.clear();
  read.set(own, found);
  return found;
}
