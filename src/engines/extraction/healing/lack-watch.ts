import type { Recipe } from "../recipe.ts";
import type { Drift, ExtractedRecord } from "../records/extracted-record.ts";
import { holdsWhole } from "./page-words.ts";
import { distinctRecords, pairSurely, type RecordPair } from "./pair-records.ts";
import { fieldSign } from "./signs/compared.ts";
import { isLink } from "./telling-values.ts";

/** Columns that were emptier than this say nothing by being empty. */
const LEAST_FILL = 0.6;
/** Of what would be expected: a column that loses less is as it ever was. */
const MOST_LEFT = 0.85;
const LEAST_LOST = 3;
/** How likely such a fall may be by chance. */
const CHANCE = 0.001;
/** Fewer known records say nothing of a column. */
const LEAST_KNOWN = 3;
const MOST_LOST = 0.5;
/** Of the known records: more that lack a value which still stands in them are not read rightly. */
const MOST_STANDING = 0.1;
/** Columns of which it is missed that not one record has them. */
const NEARLY_ALL = 0.95;

/** Known records that had a column; of those, which lack it now; of those, in which it still stands. */
interface Lack {
  had: number;
  lost: number;
  standing: number;
}

interface Count extends Lack {
  /** Records that have it now, and had it before. */
  now: number;
  before: number;
  /** Of the page that lacked it most plainly. */
  worst: Lack | null;
}

/**
 * Watches which columns become emptier than they were, page by page. Known records tell why: where they still have the
 * column, it is only the new ones that have nothing there; where most of a page or of the run lack it, or their values
 * stand in them unread, it is lost. Where none is known the share of before tells, by a one-sided binomial test.
 */
export class LackWatch {
  readonly #known: readonly ExtractedRecord[];
  readonly #counts: ReadonlyMap<string, Count>;
  #records = 0;

  constructor({ fields }: Pick<Recipe, "fields">, earlier: readonly (readonly ExtractedRecord[])[]) {
    this.#known = distinctRecords(earlier.flat());
    const names = fields.filter(({ fingerprint }) => fingerprint.fill > 0).map(({ name }) => name);
    this.#counts = new Map(
      names.map((name) => {
        const before = this.#known.filter((record) => record.fields[name] !== undefined).length;
        return [name, { now: 0, before, had: 0, lost: 0, standing: 0, worst: null }];
      }),
    );
  }

  note(records: readonly ExtractedRecord[]): void {
    if (this.#known.length === 0) return;
    this.#records += records.length;
    const pairs = pairSurely(this.#known, records);
    for (const [name, count] of this.#counts) {
      count.now += records.filter(({ fields }) => fields[name] !== undefined).length;
      const lack = lackOf(name, pairs);
      count.had += lack.had;
      count.lost += lack.lost;
      count.standing += lack.standing;
      if (isLost(lack)) count.worst = lack;
    }
  }

  /** Columns that are lost. */
  signs(): Drift[] {
    return [...this.#counts].flatMap(([name, count]): Drift[] => {
      const { had, lost, standing } = isLost(count) ? count : (count.worst ?? count);
      if (standing > 1 && standing > had * MOST_STANDING)
        return [
          fieldSign("values_lost", name, `${standing} known records lack "${name}", though it still stands in them.`),
        ];
      if (isLost({ had, lost }))
        return [fieldSign("values_lost", name, `${lost} of ${had} known records have lost "${name}".`)];
      return had < LEAST_KNOWN && this.#hasFallen(count)
        ? [fieldSign("values_lost", name, this.#inWords(name, count))]
        : [];
    });
  }

  /** Columns that no record has any more, in too few records to call them lost: nobody can say that nothing is missing. */
  doubts(): string[] {
    return this.#unless(({ now, before }) => now === 0 && before >= this.#known.length * NEARLY_ALL);
  }

  /** Columns that are emptier than before because new records have nothing there. */
  notes(): string[] {
    return this.#unless((count) => count.now > 0 && this.#hasFallen(count));
  }

  /** Of columns that are not lost those of which something holds, in words. */
  #unless(holds: (count: Count) => boolean): string[] {
    if (this.#records === 0) return [];
    const lost = new Set(this.signs().map(({ field }) => field));
    return [...this.#counts].flatMap(([name, count]) =>
      !lost.has(name) && holds(count) ? [this.#inWords(name, count)] : [],
    );
  }

  #hasFallen({ now, before }: Count): boolean {
    const [of, all] = [this.#records, this.#known.length];
    if (of === 0 || all === 0) return false;
    const expected = (before / all) * of;
    if (before < all * LEAST_FILL || expected - now < LEAST_LOST || now > expected * MOST_LEFT) return false;
    // The share of before with two made-up records, so that "all of ten" is not taken for "always".
    return atMost(now, of, (before + 1) / (all + 2)) <= CHANCE;
  }

  #inWords(name: string, { now, before }: Count): string {
    const lacked = this.#known.length - before;
    return `${this.#records - now} of ${this.#records} records lack "${name}"; before, ${lacked} of ${this.#known.length} did.`;
  }
}

function lackOf(name: string, pairs: readonly RecordPair[]): Lack {
  const lack = { had: 0, lost: 0, standing: 0 };
  for (const { known, now } of pairs) {
    const value = known.fields[name];
    if (!value) continue;
    lack.had += 1;
    if (now.fields[name] !== undefined) continue;
    lack.lost += 1;
    if (isLink(value) ? now.links.includes(value.value) : holdsWhole(now.text, value.raw)) lack.standing += 1;
  }
  return lack;
}

function isLost({ had, lost }: Pick<Lack, "had" | "lost">): boolean {
  return had >= LEAST_KNOWN && lost >= LEAST_KNOWN && lost > had * MOST_LOST;
}

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
