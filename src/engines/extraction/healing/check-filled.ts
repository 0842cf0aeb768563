import type { Drift } from "../records/extracted-record.ts";
import { fieldSign } from "./signs/compared.ts";

/** Columns that were emptier than this say nothing by being empty. */
const LEAST_FILL = 0.6;
/** Of what would be expected: a column that loses less is as it ever was. */
const MOST_LEFT = 0.85;
const LEAST_LOST = 3;
/** How likely such a fall may be by chance. */
const CHANCE = 0.001;

/** In how many of so many records a field had a value. */
export interface Filled {
  readonly filled: number;
  readonly of: number;
}

/**
 * Columns that records had before and lack now, in so many of them that it is no chance (a one-sided binomial test
 * against the share of before, which is known only as well as its own number of records allows).
 */
export function checkFilled(now: ReadonlyMap<string, Filled>, before: ReadonlyMap<string, Filled>): Drift[] {
  return [...before].flatMap(([name, then]): Drift[] => {
    const is = now.get(name);
    if (!is || is.of === 0 || then.of === 0) return [];
    const was = then.filled / then.of;
    const lost = was * is.of - is.filled;
    if (was < LEAST_FILL || lost < LEAST_LOST || is.filled > was * is.of * MOST_LEFT) return [];
    // The share of before with two made-up records, so that "all of ten" is not taken for "always".
    const expected = (then.filled + 1) / (then.of + 2);
    if (atMost(is.filled, is.of, expected) > CHANCE) return [];
    const message = `${is.of - is.filled} of ${is.of} records lack "${name}"; before, ${percent(1 - was)} did.`;
    return [fieldSign("values_lost", name, message)];
  });
}

const percent = (share: number): string => (share === 0 ? "none" : `${Math.max(1, Math.round(share * 100))} %`);

/** How likely at most `hits` of `tries` are at a share of `share`: the lower tail of the binomial distribution. */
function atMost(hits: number, tries: number, share: number): number {
  let logTerm = tries * Math.log(1 - share);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= hits; k += 1) {
    logTerm += Math.log(((tries - k + 1) / k) * (share / (1 - share)));
    sum += Math.exp(logTerm);
  }
  return sum;
}
