/** PostgreSQL's type numbers, from its catalog pg_type. */
export const INT8 = 20;
export const BYTEA = 17;

/** Counts and sizes fit a double exactly up to 2^53; beyond that a silent rounding would be worse than an error. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a number.`);
  return value;
}

/** Bytes as PostgreSQL writes them: `\\x` and two hexadecimal digits each. PGlite's own way takes fifty times as long. */
export function parseBytea(text: string): Uint8Array {
  return Buffer.from(text.slice(2), "hex");
}
