import type { HealProof, Recipe } from "#engines/extraction";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";

/** A recipe that was learnt anew, and what proves it. */
export interface Proven {
  readonly recipe: Recipe;
  readonly proof: HealProof;
  /** Stored bytes of the changed page; null where evidence is not kept. */
  readonly artifact: string | null;
  /** What became of it beside its columns, a sentence. */
  readonly note?: string;
}

/** Puts a proven recipe into use as the next version, and writes it into the ledger of healings. */
export async function keepHealed(
  recipes: Pick<RecipeStore, "save" | "record">,
  before: Pick<StoredRecipe, "id" | "version">,
  { recipe, proof, artifact, note: told }: Proven,
): Promise<StoredRecipe> {
  const { paired, known, agreement } = proof;
  const share = `Healed: ${paired} of ${known} known records, ${Math.round(agreement * 100)} % of their values the same.`;
  const without = proof.gone.length > 0 ? [`No longer shown: ${proof.gone.join(", ")}.`] : [];
  const note = [share, ...(told === undefined ? [] : [told]), ...without].join(" ");
  const stored = await recipes.save(before.id, { recipe, origin: "healed", note });
  const { kept, lost, gone, ...counts } = proof;
  const body = {
    from: before.version,
    to: stored.version,
    artifact,
    proof: { ...counts, kept: [...kept], lost: [...lost], gone: [...gone] },
  };
  await recipes.record({ recipeId: before.id, runId: null, kind: "healed", body });
  return stored;
}
