import type { FieldType } from "../values/field-type.ts";

export interface WishedField {
  readonly name: string;
  readonly type?: FieldType;
  readonly description?: string;
  readonly required?: boolean;
}

/** What a person asked for: the fields, and the words they came from. */
export interface Wish {
  readonly fields: readonly WishedField[];
  readonly text?: string;
}

/** A column as wishes see it. */
export interface MappableColumn {
  readonly name: string;
  readonly type: FieldType;
  /** A few normal or raw values. */
  readonly samples?: readonly string[];
}

/** Which column answers a wished field. */
export interface FieldMapping {
  readonly field: string;
  /** Name of the column; null when no column fits. */
  readonly column: string | null;
  readonly confidence: number;
  /** The column's name does not say that it is this field: it is offered, and never served under the field's name. */
  readonly isGuess?: true;
  /** Says in words why the mapping is unsure, or what is missing. */
  readonly note?: string;
}

export interface WishMapping {
  readonly mappings: readonly FieldMapping[];
  /** Wished fields without any column. */
  readonly missing: readonly string[];
}
