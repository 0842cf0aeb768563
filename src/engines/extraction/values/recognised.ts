import type { FieldType } from "./field-type.ts";
import type { ValueFormat } from "./value-format.ts";

/** One cell as a page shows it: its visible text, whitespace collapsed, and where its link or picture leads. */
export interface ValueSample {
  readonly text: string;
  /** Absolute address of the link around or inside the cell. */
  readonly href?: string | null | undefined;
  /** Absolute address of a picture. */
  readonly src?: string | null | undefined;
}

/** What is known around a value. Everything is optional; what is known makes reading surer. */
export interface ValueContext extends ValueFormat {
  /** The column's name or label: "Closing date". It breaks ties, it never makes a value. */
  readonly label?: string;
}

/** A value that was read from a text. */
export interface Recognised {
  readonly type: FieldType;
  /**
   * Normal form. date `2025-05-12`; datetime `2025-05-12T14:00` plus `Z` or an offset where a zone is known; ranges of
   * both as ISO 8601 intervals `A/B`; money `12500.00 EUR`, ranges `2000000..5000000 EUR`; number `1234.5`, percent
   * `12.5 %`; addresses absolute; e-mail lower case; phone digits with a leading `+` where given; status as printed.
   */
  readonly value: string;
  /** The exact quote, a part of the sample's text (or its href / src). */
  readonly raw: string;
  /** Where `raw` stands in the sample's text; null when it is the href or src. */
  readonly range: readonly [number, number] | null;
  /** Which part of the sample `raw` was read from. */
  readonly from: "text" | "href" | "src";
  /** 0 to 1. Below .5: more than one reading fits. */
  readonly confidence: number;
}

/** The type of a whole column. */
export interface ColumnType {
  readonly type: FieldType;
  /** Share of the non-empty samples that read as this type. */
  readonly share: number;
  readonly format: ValueFormat;
}
