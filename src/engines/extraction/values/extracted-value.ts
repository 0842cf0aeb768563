import type { FieldType } from "./field-type.ts";

/** A value with the place it was read from: what evidence is made of. */
export interface ExtractedValue {
  /** Normal form: ISO date, absolute address, clean text. */
  readonly value: string;
  /**
   * The quote as it stands in the page. In visible text whitespace is collapsed; in an attribute or a script
   * it is the source text itself (escapes included), so that `value` can be worked out from it again.
   */
  readonly raw: string;
  readonly type: FieldType;
  /** Node path, see `nodePath`. */
  readonly path: string;
  readonly attribute?: string;
  /** Where `raw` stands: in the node's visible text, in the attribute, or in the script's source text. */
  readonly range?: readonly [number, number];
  readonly confidence: number;
}
