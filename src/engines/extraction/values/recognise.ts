import type { FieldType } from "./field-type.ts";
import type { ColumnType, Recognised, ValueContext, ValueSample } from "./recognised.ts";
import type { ValueFormat } from "./value-format.ts";

/** Reads a whole cell as the most telling type that covers it; null when it is plain text. */
export function recognise(_sample: string | ValueSample, _context: ValueContext = {}): Recognised | null {
  return null;
}

/** Decides what a column holds and how it is written. Samples may be empty; the order matters not. */
export function typeOfColumn(_samples: readonly (string | ValueSample)[], _context: ValueContext = {}): ColumnType {
  return { type: "text", share: 1, format: {} };
}

/** Reads one cell as a type that is known, in a format that was learnt; null when it holds no such value. */
export function normalise(
  _sample: string | ValueSample,
  _type: FieldType,
  _format: ValueFormat = {},
): Recognised | null {
  return null;
}
