import { isUuid, type Clock, type JsonObject } from "#kernel";
import type { Database } from "#platform/storage";
import type { Recipe } from "#engines/extraction";
import { HealDecided, HealNotFound, HealOutdated } from "../errors.ts";
import { contentOf, type StoredRecipe } from "../recipes/recipe-store.ts";
import type { HealEntry } from "./heal-event.ts";
import { healSample, type HealedRecord } from "./heal-sample.ts";
import { HealStore, type HealPage } from "./heal-store.ts";
import type { KnownGoodDeps } from "./known-good.ts";

export interface HealLedgerDeps extends KnownGoodDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/** A healing with both recipes and the same records read by each of them. */
export interface HealComparison {
  readonly entry: HealEntry;
  readonly before: StoredRecipe;
  /** What is, was or would be in use; null where nothing was found. */
  readonly after: HealEntry["proposal"];
  readonly sample: readonly HealedRecord[];
}

export interface HealVerdict {
  readonly by: string;
  readonly note?: string;
}

/** What became of recipes whose pages changed, and where a person has the last word. */
export class HealLedger {
  readonly #deps: HealLedgerDeps;
  readonly #store: HealStore;

  constructor(deps: HealLedgerDeps) {
    this.#deps = deps;
    this.#store = new HealStore(deps.db);
  }

  /** The latest first. */
  async list({ recipeIds, ...page }: HealPage): Promise<HealEntry[]> {
    if (!recipeIds) return this.#store.list(page);
    const known = recipeIds.filter(isUuid);
    return known.length === 0 ? [] : this.#store.list({ ...page, recipeIds: known });
  }

  /** Throws `HealNotFound`. */
  async compare(id: number): Promise<HealComparison> {
    const entry = await this.#get(id);
    const { recipes } = this.#deps;
    const { recipeId, artifact, fromVersion, toVersion } = entry;
    const before = await recipes.get(recipeId, fromVersion);
    const after = toVersion === null ? entry.proposal : (await recipes.get(recipeId, toVersion)).recipe;
    return { entry, before, after, sample: await healSample(this.#deps, { recipeId, proposal: after, artifact }) };
  }

  /**
   * Puts the proposal of a healing that waits into use. Throws `HealDecided` and, when the recipe has changed since or
   * nothing was proposed, `HealOutdated`.
   */
  async approve(id: number, verdict: HealVerdict): Promise<HealEntry> {
    return this.#decide(id, verdict, async ({ recipeId, state, proposal }, trx) => {
      if (state !== "waiting" || !proposal) throw new HealOutdated(id);
      const note = `Approved by ${verdict.by}${verdict.note === undefined ? "." : `: ${verdict.note}`}`;
      const fresh = { recipe: proposal, origin: "healed" as const, note };
      return { kind: "heal_approved", version: await this.#deps.recipes.saveWithin(trx, recipeId, fresh) };
    });
  }

  /**
   * Keeps the recipe as it was: a proposal that waits is dropped, a healing that is in use is taken back. The same
   * healing is not tried again. Throws as `approve` does.
   */
  async reject(id: number, verdict: HealVerdict): Promise<HealEntry> {
    return this.#decide(id, verdict, async (entry, trx) => {
      const { recipeId, state, fromVersion, toVersion } = entry;
      if (state === "waiting") return { kind: "heal_rejected", version: null };
      const { recipes } = this.#deps;
      const { version: inUse } = await recipes.get(recipeId, undefined, trx);
      if (state !== "healed" || inUse !== toVersion) throw new HealOutdated(id);
      const { recipe } = await recipes.get(recipeId, fromVersion, trx);
      const note = `Healing taken back by ${verdict.by}${verdict.note === undefined ? "." : `: ${verdict.note}`}`;
      const fresh = { recipe, origin: "edited" as const, note };
      return { kind: "heal_rejected", version: await recipes.saveWithin(trx, recipeId, fresh) };
    });
  }

  /** Whether a person said no to this very recipe. */
  async wasRejected(recipeId: string, recipe: Recipe): Promise<boolean> {
    const content = contentOf(recipe);
    for (const { toVersion, proposal } of await this.#store.rejected(recipeId)) {
      const said = toVersion === null ? proposal : (await this.#deps.recipes.get(recipeId, toVersion)).recipe;
      if (said && contentOf(said) === content) return true;
    }
    return false;
  }

  async #decide(
    id: number,
    { by, note = null }: { by: string; note?: string | null },
    rule: (
      entry: HealEntry,
      trx: Database,
    ) => Promise<{ kind: "heal_approved" | "heal_rejected"; version: number | null }>,
  ): Promise<HealEntry> {
    const { recipeId } = await this.#get(id);
    await this.#deps.db.transaction().execute(async (trx) => {
      await this.#store.lock(recipeId, trx);
      const entry = await this.#store.find(id, trx);
      if (!entry) throw new HealNotFound(id);
      if (entry.decision) throw new HealDecided(id, entry.decision.by);
      const { kind, version } = await rule(entry, trx);
      const body: JsonObject = { event: id, by, note, version };
      await this.#deps.recipes.record({ recipeId, runId: null, kind, body }, trx);
    });
    return this.#get(id);
  }

  async #get(id: number): Promise<HealEntry> {
    const entry = await this.#store.find(id);
    if (!entry) throw new HealNotFound(id);
    return entry;
  }
}
