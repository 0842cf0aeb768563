/** PostgreSQL's type numbers, from its catalog pg_type. */
export const INT8 = 20;

/** Counts and sizes fit a double exactly up to 2^53; beyond that a silent rounding would be worse than an error. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a number.`);
  return value;
}
