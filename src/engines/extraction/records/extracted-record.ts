import type { DeclaredTotal, OnwardStep } from "../pagination/pagination.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";

export interface ExtractedRecord {
  /** All that a person would read in the record, after the heading of its group where it stands under one. */
  readonly text: string;
  /** Absolute addresses in document order, each once. */
  readonly links: readonly string[];
  readonly fields: Readonly<Record<string, ExtractedValue>>;
  /** Path of the record's first element. */
  readonly path: string;
  /** Stable over time and pages: the same content gives the same key. */
  readonly key: string;
}

export type DriftKind =
  | "list_missing"
  | "list_moved"
  | "record_count"
  | "field_missing"
  | "field_sparse"
  | "field_moved"
  | "field_shape"
  | "field_type"
  /** The list holds other records than those that are known, which stand elsewhere on the page. */
  | "other_list"
  /** A field no longer holds the known values, which still stand on the page. */
  | "values_moved"
  /** A field holds what it cannot: in known records, or because it was never so before. */
  | "values_changed"
  /** Records lack what records had. */
  | "values_lost";

/** A sign that the page is not the one the recipe was learnt on. */
export interface Drift {
  readonly kind: DriftKind;
  /** `broken`: values are missing or wrong. `moved`: a fallback found them, the recipe should be learnt again. */
  readonly severity: "broken" | "moved";
  readonly field?: string;
  /** One sentence for people. */
  readonly message: string;
}

export interface PageExtraction {
  readonly records: readonly ExtractedRecord[];
  readonly declared: DeclaredTotal | null;
  /** Where the rest of the listing is, the next page first. */
  readonly steps: readonly OnwardStep[];
  readonly drift: readonly Drift[];
  /** Whether data that comes in parts goes on. Absent where markup tells it. */
  readonly pager?: "leads-on" | "ended";
}
