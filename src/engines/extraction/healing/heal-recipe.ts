import type { Page } from "../page/page.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import { checkKnown } from "./check-known.ts";
import { attemptsOn, type HealAttempt } from "./heal-attempt.ts";
import { doubtsOf, isReproduced, type HealProof, type KnownGood } from "./heal-proof.ts";
import { essentialFields } from "./lost-fields.ts";
import { distinctRecords } from "./pair-records.ts";
import { sameForm } from "./telling-values.ts";

export type Healing =
  | { readonly kind: "healed"; readonly recipe: Recipe; readonly proof: HealProof }
  /** `recipe` is the best guess, for a person to look at; null when there is none. */
  | {
      readonly kind: "unsure";
      readonly recipe: Recipe | null;
      readonly proof: HealProof | null;
      readonly reasons: readonly string[];
    };

/** That a column is gone and was not only overlooked takes more records than that it is still there. */
const LEAST_PAIRS_GONE = 5;
/** Of the fields that were kept. */
const LEAST_LIKE = 0.5;
/** Of the fields; what a page has lost beyond that is for a person to judge. */
const LEAST_KEPT = 0.6;

/**
 * Learns a changed page anew and keeps it only with proof: records that are known from before stand on it, each known field
 * gives them the same values, and the stored pages still give what they gave. Names, places and classes prove nothing. A
 * column that the page has no longer is let go when the rest is proven and no value of it is shown; never a title, a
 * reference, a link or a deadline.
 */
export function healRecipe(old: Recipe, page: Page, snapshots: readonly KnownGood[]): Healing {
  const known = distinctRecords(snapshots.flatMap(({ records }) => records));
  if (known.length === 0) return unsure(["No page is stored on which the recipe was right."]);
  const [best, ...others] = attemptsOn(old, page, known);
  if (!best) return unsure(["The changed page holds no list with records that are known from before."]);
  const proof = proofOf(best, known, snapshots);
  const reasons = [
    ...doubtsOf(proof),
    ...best.drift.filter(({ severity }) => severity === "broken").map(({ message }) => message),
    ...losses(old, best, known),
    ...(others.some((other) => isRival(other, best))
      ? ["Two lists of the page hold the known records, and differ in others."]
      : []),
    ...checkKnown(
      { ...best.recipe, fields: best.recipe.fields.filter(({ name }) => best.kept.includes(name)) },
      page,
      best,
      snapshots.map(({ records }) => records),
    ).map(({ message }) => message),
  ];
  return reasons.length === 0
    ? { kind: "healed", recipe: best.recipe, proof }
    : { kind: "unsure", recipe: best.recipe, proof, reasons };
}

function proofOf(
  { recipe, records, pairs, agreement, kept, lost }: HealAttempt,
  known: readonly ExtractedRecord[],
  snapshots: readonly KnownGood[],
): HealProof {
  const gone = [...lost].filter(([, loss]) => loss === "gone").map(([name]) => name);
  const reproduced = snapshots.filter((snapshot) => isReproduced(recipe, snapshot)).length;
  const counts = { paired: pairs.length, known: known.length, now: records.length };
  return { ...counts, agreement, kept, lost: [...lost.keys()], gone, reproduced, snapshots: snapshots.length };
}

/** Fields that were not found again, where that is not for a program to accept. */
function losses(
  { fields, checks }: Recipe,
  { kept, lost, pairs }: HealAttempt,
  known: readonly ExtractedRecord[],
): string[] {
  const said = [...lost.values()].filter((loss) => loss === "said").length;
  const essential = essentialFields(fields, known);
  const left = kept.length + said < fields.length * LEAST_KEPT;
  return [
    ...(left ? [`${lost.size - said} of ${fields.length} columns were not found again.`] : []),
    ...[...lost].flatMap(([name, loss]): string[] => {
      if (loss === "said") return [];
      if (loss === "shown")
        return [`The values of "${name}" still stand on the page, but not in one place of all records.`];
      if (loss === "other")
        return [`Something of the kind of "${name}" stands in the records, with other values than were known.`];
      if (essential.has(name)) return [`"${name}" is not shown any more, and a record is not worth much without it.`];
      if (loss === "unseen")
        return checks.required.includes(name) ? [`"${name}" was not found, and too few known records tell why.`] : [];
      return pairs.length < LEAST_PAIRS_GONE
        ? [`"${name}" was not found; ${pairs.length} known records are too few to tell that it is gone.`]
        : [];
    }),
  ];
}

/** Another list that fits about as well, but does not hold the same records: one of the two is a decoy. */
function isRival(other: HealAttempt, best: HealAttempt): boolean {
  if (other.contradicted.length > 0 && best.contradicted.length === 0) return false;
  if (other.pairs.length < best.pairs.length * 0.7 || other.kept.length < best.kept.length * 0.7) return false;
  const common = other.kept.filter((name) => best.kept.includes(name));
  const valuesIn = ({ fields }: ExtractedRecord) => JSON.stringify(common.map((name) => fields[name]?.value));
  const values = new Set(best.records.map(valuesIn));
  const texts = best.records.map(({ text }) => sameForm(text));
  const homes = new Set(other.pairs.map(({ now }) => homeOf(now)));
  return other.records
    .filter((record) => homes.has(homeOf(record)) && isLike(record, other) && !values.has(valuesIn(record)))
    .some(({ text }) => {
      const own = sameForm(text);
      return !texts.some((known) => known.includes(own) || own.includes(known));
    });
}

/** Whether a record has what records have: an advertisement or a note between them has not. */
function isLike({ fields }: ExtractedRecord, { kept }: HealAttempt): boolean {
  return kept.filter((name) => fields[name] !== undefined).length > kept.length * LEAST_LIKE;
}

/** What a record stands in. */
const homeOf = ({ path }: ExtractedRecord): string => path.slice(0, path.lastIndexOf("/"));

const unsure = (reasons: readonly string[]): Healing => ({ kind: "unsure", recipe: null, proof: null, reasons });
