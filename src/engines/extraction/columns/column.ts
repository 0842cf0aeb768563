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

/** What could tell a column's name, the surest first. */
export interface NameHints {
  header?: string;
  label?: string;
  property?: string;
  words: string[];
}

/** A column while the page is being learnt. */
export interface Column {
  readonly slot: Slot | null;
  readonly places: FieldPlace[];
  readonly take: FieldRule["take"];
  /** By index of the record. */
  readonly cells: ReadonlyMap<number, ColumnCell>;
  readonly hints: NameHints;
  /** `part`: cut out of another column, which stands before it. */
  readonly origin: "whole" | "part" | "label" | "attribute";
  readonly of?: Column;
}
