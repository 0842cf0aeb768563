import type { Attention } from "#platform/operators";
import type { HealComparison, HealEntry, Harvester, HealVerdict } from "#engines/harvest";
import type { PortalStore } from "../portals/portal-store.ts";

export interface HealDeskDeps {
  readonly heals: Pick<Harvester["heals"], "list" | "compare" | "approve" | "reject">;
  readonly portals: Pick<PortalStore, "byRecipe" | "get">;
  readonly attention: Pick<Attention, "list" | "resolve">;
}

export interface HealFilter {
  readonly portalId?: string | undefined;
  readonly recipeId?: string | undefined;
  /** Only those that wait for a person. */
  readonly waiting?: boolean | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

interface PortalOfRecipe {
  readonly id: string;
  readonly name: string;
}

/** A healing, and the portal whose recipe it is about; null where no portal uses the recipe any more. */
export interface PortalHeal<Heal> {
  readonly heal: Heal;
  readonly portal: PortalOfRecipe | null;
}

/** Where people look at what changed pages did to recipes, and decide what could not be proven. */
export class HealDesk {
  readonly #deps: HealDeskDeps;

  constructor(deps: HealDeskDeps) {
    this.#deps = deps;
  }

  /** The latest first. Throws `PortalNotFound`. */
  async list({ portalId, recipeId, waiting, before, limit }: HealFilter): Promise<PortalHeal<HealEntry>[]> {
    const { heals, portals } = this.#deps;
    const of = portalId === undefined ? undefined : ((await portals.get(portalId)).recipeId ?? "none");
    if (of !== undefined && recipeId !== undefined && of !== recipeId) return [];
    const wanted = recipeId ?? of;
    const found = await heals.list({
      limit,
      ...(wanted === undefined ? {} : { recipeIds: [wanted] }),
      ...(waiting === undefined ? {} : { waiting }),
      ...(before === undefined ? {} : { before }),
    });
    const owners = await this.#owners(found.map((entry) => entry.recipeId));
    return found.map((heal) => ({ heal, portal: owners.get(heal.recipeId) ?? null }));
  }

  /** Throws `HealNotFound`. */
  async compare(id: number): Promise<PortalHeal<HealComparison>> {
    const heal = await this.#deps.heals.compare(id);
    const { recipeId } = heal.entry;
    return { heal, portal: (await this.#owners([recipeId])).get(recipeId) ?? null };
  }

  /** Throws `HealNotFound`, `HealDecided`, `HealOutdated`. */
  async approve(id: number, verdict: HealVerdict): Promise<HealEntry> {
    const entry = await this.#deps.heals.approve(id, verdict);
    await this.#settle(entry, verdict, "The healed recipe was approved.");
    return entry;
  }

  /** Throws as `approve` does. */
  async reject(id: number, verdict: HealVerdict): Promise<HealEntry> {
    const entry = await this.#deps.heals.reject(id, verdict);
    await this.#settle(entry, verdict, "The healed recipe was rejected.");
    return entry;
  }

  /** Whoever was asked to look at this recipe need not any more. */
  async #settle({ recipeId }: HealEntry, { by, note }: HealVerdict, resolution: string): Promise<void> {
    const { attention } = this.#deps;
    const said = note === undefined ? resolution : `${resolution} ${note}`;
    let page = await attention.list();
    while (page.length > 0) {
      const asked = page.filter(({ kind, details }) => kind === "portal.heal" && details["recipeId"] === recipeId);
      for (const { id } of asked) await attention.resolve(id, by, said);
      page = await attention.list({ after: page.at(-1) });
    }
  }

  async #owners(recipeIds: readonly string[]): Promise<Map<string, PortalOfRecipe>> {
    const found = recipeIds.length === 0 ? [] : await this.#deps.portals.byRecipe([...new Set(recipeIds)]);
    return new Map(found.flatMap(({ recipeId, id, name }) => (recipeId === null ? [] : [[recipeId, { id, name }]])));
  }
}
