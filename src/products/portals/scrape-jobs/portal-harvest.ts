import type { Agent, AgentStep, LearningResult } from "#engines/agent";
import type {
  HarvestRequest,
  HarvestResult,
  Harvester,
  HarvestWall,
  OnHarvestProgress,
  People,
} from "#engines/harvest";
import type { AskedInput, Recipe } from "#engines/extraction";
import type { PortalLogins } from "../logins/portal-logins.ts";
import type { Portal } from "../portals/portal.ts";
import type { PortalStore } from "../portals/portal-store.ts";
import { earlierRun } from "./earlier-run.ts";
import type { Running } from "./scrape-job.ts";
import { planOf, type ScrapeDefaults } from "./scrape-plan.ts";

export interface PortalHarvestDeps {
  readonly harvester: Pick<Harvester, "ended" | "harvest" | "heal" | "runs" | "recipes">;
  /** Null where no model is configured: the harvester's analyser learns alone. */
  readonly agent: Pick<Agent, "learn"> | null;
  readonly portals: PortalStore;
  readonly logins: Pick<PortalLogins, "accessFor">;
  readonly defaults: ScrapeDefaults;
}

export interface Reach {
  readonly signal: AbortSignal;
  readonly onProgress: OnHarvestProgress;
  readonly people: People;
  readonly staysOpenWhenCancelled: () => boolean;
  /** Told of what is done before the harvest: looking for the list, healing the recipe. */
  readonly onDoing: (doing: string) => void;
}

/** What a job brought home, and what was done before the harvest. */
export interface BroughtHome {
  readonly result: HarvestResult;
  readonly explored: readonly AgentStep[];
  readonly healed: Healed | null;
  /** Why no model was asked any more: its budget is spent, or it did not answer. The analyser was alone from there on. */
  readonly withoutModel: WithoutModel | null;
  /** Sentences for people: what was unsure when the list was learnt, hints that matched nothing. */
  readonly notes: readonly string[];
}

export interface WithoutModel {
  readonly code: string;
  readonly message: string;
}

export interface Healed {
  readonly outcome: "healed" | "unsure";
  readonly recipeId: string;
  readonly version: number;
  readonly reasons: readonly string[];
  /** Columns that the page shows no longer, and that are not looked for any more. */
  readonly gone: readonly string[];
}

/** Brings a portal home for a job: finds its list if nobody has yet, harvests it, and heals its recipe when the page has changed. */
export class PortalHarvest {
  readonly #deps: PortalHarvestDeps;

  constructor(deps: PortalHarvestDeps) {
    this.#deps = deps;
  }

  /** Goes on with the run of an earlier attempt where there is one, and asks for nothing that it has. */
  async run(job: Running, { onDoing, ...reach }: Reach): Promise<BroughtHome> {
    const { harvester, portals, defaults } = this.#deps;
    const { runId, request } = job;
    const earlier = runId === null ? null : await earlierRun(runId, harvester);
    if (earlier?.kind === "ended") return plain(earlier.result);
    const portal = await portals.get(request.portalId);
    const access = await this.#logIn(job, portal);
    if (earlier?.kind === "cut off") return plain(await harvester.harvest({ ...earlier.request, ...access, ...reach }));
    const planned = planOf(request, portal, defaults, earlier?.recipeId ?? null);
    const plan = { ...(await this.#askingAnew(planned, request.url)), ...access };
    const {
      learnt,
      explored,
      wall,
      withoutModel,
      notes: told,
    } = await this.#findList(job, plan, { onDoing, ...reach });
    const result = await harvester.harvest({ ...learnt, ...reach });
    const notes = [...new Set([...told, ...result.notes])];
    const brought = { result, explored, healed: null, withoutModel, notes };
    if (wall && result.wall === null && result.recordCount === 0) return { ...brought, result: { ...result, wall } };
    if (!hasDrifted(result) || learnt.recipeId === undefined) return brought;
    return this.#heal(learnt.recipeId, learnt, result, { onDoing, ...reach });
  }

  /** A recipe that does not ask what is to be asked, or asks a search where none is wanted, gives way to a new one. */
  async #askingAnew({ recipeId, ...plan }: HarvestRequest, url: string): Promise<HarvestRequest> {
    if (recipeId === undefined) return plan;
    if (plan.inputs === undefined) return { ...plan, recipeId };
    const { recipe } = await this.#deps.harvester.recipes.get(recipeId);
    return asksFor(recipe, plan.inputs) ? { ...plan, recipeId } : { ...plan, url };
  }

  /** The portal's log-in, where one is known for the job's address and nobody said not to use it. */
  async #logIn({ request }: Running, portal: Portal): Promise<Pick<HarvestRequest, "logIn">> {
    const wanted = request.configuration.requiresAuth ?? portal.configuration.requiresAuth ?? true;
    const logIn = wanted ? await this.#deps.logins.accessFor(portal.id, request.url) : null;
    return logIn ? { logIn } : {};
  }

  /** The analyser first; where it is not sure, or the list was described in words, the agent goes through the portal. */
  async #findList(
    { id: jobId, request }: Running,
    plan: HarvestRequest,
    { signal, onDoing, people }: Reach,
  ): Promise<
    { learnt: HarvestRequest; wall: HarvestWall | null } & Pick<BroughtHome, "explored" | "withoutModel" | "notes">
  > {
    const { agent } = this.#deps;
    if (!agent || plan.url === undefined)
      return { learnt: plan, explored: [], wall: null, withoutModel: null, notes: [] };
    const { url, robots, minDelayMs, details, maxPages, ...rest } = plan;
    const { listSelector, nextSelector, detailSelector, goesOn } = plan;
    const instructions = request.configuration.customInstructions;
    const found = await agent.learn({
      url,
      signal,
      people,
      scope: { jobId, portalId: request.portalId },
      onStep: ({ action, label }) => onDoing(label === "" ? action : `${action} "${label}"`),
      ...(robots === undefined ? {} : { robots }),
      ...(minDelayMs === undefined ? {} : { minDelayMs }),
      ...(details === undefined ? {} : { details }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(listSelector === undefined ? {} : { listSelector }),
      ...(nextSelector === undefined ? {} : { nextSelector }),
      ...(detailSelector === undefined ? {} : { detailSelector }),
      ...(goesOn === undefined ? {} : { goesOn }),
      ...(plan.inputs === undefined ? {} : { inputs: plan.inputs }),
      ...(plan.timeZone === undefined ? {} : { timeZone: plan.timeZone }),
      ...(plan.logIn ? { logIn: plan.logIn } : {}),
    });
    const recipeId = recipeOf(found);
    const explored = found.exploration?.steps ?? [];
    const how = {
      ...rest,
      ...(robots ? { robots } : {}),
      ...(minDelayMs ? { minDelayMs } : {}),
      ...(details ? { details } : {}),
    };
    const learnt = recipeId === null ? plan : { ...how, recipeId, ...(maxPages === undefined ? {} : { maxPages }) };
    const wall = found.exploration?.kind === "wall" ? found.exploration.wall : null;
    return { learnt, explored, wall, withoutModel: withoutModelIn(found), notes: notesOf(found) };
  }

  /**
   * A page that moved away from its recipe: with proof the job goes on with the healed one, else a person is asked. Where the
   * healed one does not fit a later page either, that page is looked at once more.
   */
  async #heal(
    recipeId: string,
    plan: HarvestRequest,
    result: HarvestResult,
    { onDoing, ...reach }: Reach,
    mayGoOn = true,
  ): Promise<BroughtHome> {
    const { harvester } = this.#deps;
    onDoing("Learning the changed page anew");
    const { robots = "respect", minDelayMs = 0, logIn } = plan;
    const company = { people: reach.people, ...(logIn ? { logIn } : {}) };
    const outcome = await harvester.heal({
      recipeId,
      runId: result.run,
      robots,
      minDelayMs,
      signal: reach.signal,
      ...company,
    });
    if (outcome.kind === "well") return plain(result);
    if (outcome.kind === "unsure") {
      const { before, reasons } = outcome;
      return { ...plain(result), healed: { outcome: "unsure", recipeId, version: before.version, reasons, gone: [] } };
    }
    const { recipe, proof } = outcome;
    const healed = { outcome: "healed", recipeId, version: recipe.version, reasons: [], gone: proof.gone } as const;
    const again = await harvester.harvest({ ...plan, ...reach });
    if (!mayGoOn || !hasDrifted(again)) return { ...plain(again), healed };
    const further = await this.#heal(recipeId, plan, again, { onDoing, ...reach }, false);
    return { ...further, healed: further.healed ?? healed };
  }
}

/** A value or a format that was said otherwise is no other search; a field that is asked, or is not, is one. */
function asksFor({ inputs: own = [] }: Recipe, asked: readonly AskedInput[]): boolean {
  return (
    own.length === asked.length &&
    asked.every(({ name, type, format }) => {
      const known = own.find((input) => input.name === name);
      return known !== undefined && (type ?? known.type) === known.type && (format ?? known.format) === known.format;
    })
  );
}

function recipeOf({ kind, outcome, exploration }: LearningResult): string | null {
  if (exploration?.kind === "learnt") return exploration.stored.id;
  return kind === "learnt" ? (outcome?.recipeId ?? null) : null;
}

/** Broken, not only moved: values are missing or wrong. */
function hasDrifted({ reason, alarms, completeness }: HarvestResult): boolean {
  return reason === "drift" || (alarms.some(({ kind }) => kind === "drift") && completeness.state !== "complete");
}

function withoutModelIn({ exploration }: LearningResult): WithoutModel | null {
  if (exploration?.kind !== "failed" || !("code" in exploration)) return null;
  return { code: exploration.code, message: exploration.reason };
}

function notesOf({ outcome, exploration }: LearningResult): readonly string[] {
  if (exploration?.kind === "learnt") return exploration.notes;
  const doubts = outcome?.doubts.map(({ message }) => message) ?? [];
  return outcome?.recipe ? [...doubts, ...outcome.notes] : [];
}

const plain = (result: HarvestResult): BroughtHome => ({
  result,
  explored: [],
  healed: null,
  withoutModel: null,
  notes: result.notes,
});
