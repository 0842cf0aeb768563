import type { Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import type { FieldPlace, FieldRule } from "./field-rule.ts";
import type { Slot } from "./slots.ts";

/** What one record has in a column, before it is typed. */
export interface ColumnCell {
  readonly element: Element;
  /** Where the text stands; for attributes the element's own text. */
  readonly span: Span;
  readonly text: string;
}

/** What could tell a column's name. */
export interface NameHints {
  /** Text of the header cell over the column that it stands in. */
  header?: string;
  /** Words before the value. */
  label?: string;
  /** Words that stand where a label would, in the box before the value. */
  before?: string;
  /** `itemprop`, `data-title` and their like. */
  property?: string;
  /** Words of the element's own classes and id, and of those around it in the record. */
  readonly own: readonly string[];
  readonly around: readonly string[];
}

/** A column while the page is being learnt. */
export interface Column {
  readonly slot: Slot | null;
  readonly places: FieldPlace[];
  readonly take: FieldRule["take"];
  /** By index of the record. */
  readonly cells: ReadonlyMap<number, ColumnCell>;
  readonly hints: NameHints;
  /** Words of the classes of columns that were the same. */
  readonly alsoOwn: string[];
  /** `part`: cut out of another column, which stands before it. */
  readonly origin: "whole" | "part" | "label" | "attribute";
  readonly of?: Column;
  /** What a part is: `any`, `date`, `code` or `time`. */
  readonly kind?: string;
}
