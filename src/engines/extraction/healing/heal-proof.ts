import { applyRecipe } from "../apply-recipe.ts";
import type { Page } from "../page/page.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord, PageExtraction } from "../records/extracted-record.ts";
import { checkKnown } from "./check-known.ts";
import { agreementOf, LEAST_PAIRS, SAME } from "./match-fields.ts";
import { distinctRecords, pairSurely } from "./pair-records.ts";

/** A page as it was when the recipe still fitted, with what it gave then. */
export interface KnownGood {
  readonly page: Page;
  readonly records: readonly ExtractedRecord[];
}

/** What speaks for a healed recipe. All counts are of records but `fields` and `lost`. */
export interface HealProof {
  /** Known records that stand on the changed page too. */
  readonly paired: number;
  readonly known: number;
  readonly now: number;
  /** Share of the paired values that are the same, over all fields that were kept. */
  readonly agreement: number;
  readonly kept: readonly string[];
  /** Fields that were not found on the changed page. */
  readonly lost: readonly string[];
  /** Of those: fields of which no value of a known record is shown any more. The page has no such column now. */
  readonly gone: readonly string[];
  /** Stored pages that the healed recipe reads as they were read then. */
  readonly reproduced: number;
  readonly snapshots: number;
}

/** Of the smaller of the two lists: tenders close and new ones come, but not all of them between two runs. */
const LEAST_SHARE = 0.3;

/** What of a proof does not suffice, a sentence each. */
export function doubtsOf({ paired, known, now, agreement, reproduced, snapshots }: HealProof): string[] {
  const least = Math.min(known, now);
  return [
    ...(paired < LEAST_PAIRS || paired / Math.max(1, least) < LEAST_SHARE
      ? [`Only ${paired} of ${least} records are known from before.`]
      : []),
    ...(agreement < SAME ? [`Only ${Math.round(agreement * 100)} % of the known values came again.`] : []),
    ...(reproduced < snapshots
      ? [`${snapshots - reproduced} of ${snapshots} stored pages are no longer read as they were.`]
      : []),
  ];
}

/** Whether a stored page is read as it was read then, in all that the recipe still knows. */
export function isReproduced(recipe: Recipe, { page, records }: KnownGood): boolean {
  const again = applyRecipe(recipe, page, { pagination: false }).records;
  const names = recipe.fields.map(({ name }) => name);
  return (
    again.length === records.length &&
    records.every((record, at) => {
      const now = again[at];
      return now?.key === record.key && names.every((name) => now.fields[name]?.value === record.fields[name]?.value);
    })
  );
}

/**
 * What known records say of a page that a recipe reads without being learnt anew: proof, and what speaks against it. Stored
 * answers that are data are no pages: a recipe of a page does not read them.
 */
export function proveShown(
  recipe: Recipe,
  page: Page,
  extraction: Pick<PageExtraction, "records" | "drift">,
  snapshots: readonly KnownGood[],
): { readonly proof: HealProof; readonly reasons: readonly string[] } {
  const known = distinctRecords(snapshots.flatMap(({ records }) => records));
  const { records } = extraction;
  const pairs = pairSurely(known, records);
  const all = recipe.fields.map(({ name }) => {
    const { same, compared } = agreementOf(name, { valueIn: ({ fields }) => fields[name] }, pairs);
    return { name, same, compared };
  });
  const sum = (key: "same" | "compared") => all.reduce((total, one) => total + one[key], 0);
  const pages = snapshots.filter((snapshot) => !snapshot.page.isData);
  const proof = {
    paired: pairs.length,
    known: known.length,
    now: records.length,
    agreement: sum("compared") === 0 ? 0 : sum("same") / sum("compared"),
    kept: all.filter(({ same }) => same > 0).map(({ name }) => name),
    lost: all.filter(({ same, compared }) => same === 0 && compared > 0).map(({ name }) => name),
    gone: [],
    reproduced: pages.filter((snapshot) => isReproduced(recipe, snapshot)).length,
    snapshots: pages.length,
  };
  const signs = checkKnown(
    recipe,
    page,
    extraction,
    snapshots.map((snapshot) => snapshot.records),
  );
  return { proof, reasons: [...doubtsOf(proof), ...signs.map(({ message }) => message)] };
}
