import {
  applyRecipe,
  checkKnown,
  fillIn,
  healRecipe,
  LackWatch,
  type Healing,
  type HealProof,
  type InputValues,
  type KnownGood,
  type Page,
  type PageExtraction,
  type Recipe,
} from "#engines/extraction";
import type { JsonObject } from "#kernel";
import type { Transport } from "../harvest-request.ts";
import { enterListing } from "../learning/prove-recipe.ts";
import type { StoredRecipe } from "../recipes/recipe-store.ts";
import { unexplained } from "../running/run-history.ts";
import { parseFetched } from "../records/read-page.ts";
import type { PageSource } from "../sources/page-source.ts";
import { wallOf } from "../sources/page-wall.ts";
import type { HealLedger } from "./heal-ledger.ts";
import { keepHealed } from "./keep-healed.ts";
import { knownGood, knownPages, storedPages, type KnownGoodDeps } from "./known-good.ts";

/** What became of a recipe whose page has changed. */
export type HealOutcome =
  /** The page is read as it was learnt: there is nothing to heal. */
  | { readonly kind: "well"; readonly recipe: StoredRecipe }
  | { readonly kind: "healed"; readonly recipe: StoredRecipe; readonly before: StoredRecipe; readonly proof: HealProof }
  /** Waits for a person. `proposal` is the best guess, if there is one. */
  | {
      readonly kind: "unsure";
      readonly before: StoredRecipe;
      readonly proposal: Recipe | null;
      readonly proof: HealProof | null;
      readonly reasons: readonly string[];
      /** Stored bytes of the changed page. */
      readonly artifact: string | null;
    };

export interface HealDeps extends KnownGoodDeps {
  readonly heals: Pick<HealLedger, "wasRejected">;
  readonly open: (transport: Transport) => Promise<PageSource>;
  /** What the recipe's search form is asked. */
  readonly values: InputValues;
  readonly signal: AbortSignal;
}

/**
 * Looks at the page of a recipe as it is now and, where it has changed, learns it anew with proof from stored pages. A proven
 * recipe becomes the next version; everything else is written into the ledger and left to a person.
 */
export async function healStored(
  { recipeId, runId }: { readonly recipeId: string; readonly runId?: string },
  deps: HealDeps,
): Promise<HealOutcome> {
  const { recipes, artifacts, open, values, signal } = deps;
  const before = await recipes.get(recipeId);
  const source = await open(before.recipe.transport);
  try {
    const { extraction, fetched } = await enterListing(fillIn(before.recipe, values), source, signal);
    const page = parseFetched(fetched);
    const good = await knownGood(deps, recipeId);
    const pages = [page, ...(runId === undefined ? [] : await storedPages(deps, runId))];
    const unread = pages.filter(
      (one, at) => brokenOn(before.recipe, one, at === 0 ? extraction : null, good).length > 0,
    );
    const [changed] = unread;
    if (!changed && extraction.records.length > 0) return { kind: "well", recipe: before };
    const wall = wallOf(fetched, page);
    const { sha256 } = await artifacts.put(fetched.bytes, {
      mediaType: fetched.mediaType,
      kind: "page",
      sourceUrl: fetched.url,
    });
    const healing = wall
      ? { kind: "unsure" as const, recipe: null, proof: null, reasons: [wall.message] }
      : stillUnread(healRecipe(before.recipe, changed ?? page, good), unread, good);
    const wasRejected = healing.recipe !== null && (await deps.heals.wasRejected(recipeId, healing.recipe));
    if (healing.kind === "healed" && !wasRejected) {
      const healed = await keepHealed(recipes, before, { ...healing, artifact: sha256 });
      return { kind: "healed", recipe: healed, before, proof: healing.proof };
    }
    const { recipe: proposal, proof } = healing;
    const doubts = healing.kind === "healed" ? [] : healing.reasons;
    const reasons = wasRejected ? ["A person has rejected this very healing before.", ...doubts] : doubts;
    const body = { version: before.version, artifact: sha256, reasons: [...reasons], ...json({ proof, proposal }) };
    await recipes.record({ recipeId, runId: null, kind: "heal_refused", body });
    return { kind: "unsure", before, proposal, proof, reasons, artifact: sha256 };
  } finally {
    await source.close();
  }
}

/** What of a page is missing or wrong by a recipe, a sentence each. */
function brokenOn(recipe: Recipe, page: Page, read: PageExtraction | null, good: readonly KnownGood[]): string[] {
  const extraction = read ?? applyRecipe(recipe, page);
  const known = knownPages(good);
  const watch = new LackWatch(recipe, known);
  watch.note(extraction.records);
  const own = unexplained(recipe, extraction, { isTold: false, isKnown: known.length > 0 });
  return [...own, ...watch.signs(), ...checkKnown(recipe, page, extraction, known)]
    .filter(({ severity }) => severity === "broken")
    .map(({ message }) => message);
}

/** A healing holds for all pages that were not read, else a person looks at it. */
function stillUnread(healing: Healing, pages: readonly Page[], good: readonly KnownGood[]): Healing {
  if (healing.kind === "unsure") return healing;
  const reasons = pages.flatMap((page) => brokenOn(healing.recipe, page, null, good));
  return reasons.length === 0 ? healing : { ...healing, kind: "unsure", reasons: [...new Set(reasons)] };
}

function json(value: Record<string, unknown>): JsonObject {
  return JSON.parse(JSON.stringify(value));
}
