import { AppError, newId, type Clock, type Counter, type Logger, type Telemetry } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { GuardedClient } from "#platform/egress";
import type { Database, SecretSeal } from "#platform/storage";
import type { BrowserPool } from "#engines/browser";
import type { InputValues } from "#engines/extraction";
import { RunFinished } from "./errors.ts";
import { screenshotOf, type EvidenceShot, type ShotRequest } from "./evidence/screenshot-of.ts";
import { programVersion } from "./evidence/program-version.ts";
import type { VerifyOptions, VerifyReport } from "./evidence/verify-report.ts";
import { verifyRun } from "./evidence/verify-run.ts";
import type { HarvestRequest, HarvestResult, LearnOutcome, LearnRequest, LogInTrial } from "./harvest-request.ts";
import { adoptRecipe, type Adoption, type AdoptRequest } from "./learning/adopt-recipe.ts";
import type { LogIn } from "./logins/log-in.ts";
import { learnListing } from "./learning/learn-listing.ts";
import { learnAndSave, type LearnedListing } from "./learning/learn-and-save.ts";
import type { People } from "./people.ts";
import type { HarvestedRecord } from "./records/harvested-record.ts";
import { ReadingThreads, type ReadingThread } from "./records/reading-threads.ts";
import { RecipeStore, type StoredRecipe } from "./recipes/recipe-store.ts";
import { checkRequest, learningUrl, limitOf, listedPages } from "./running/plan-run.ts";
import { planInputs, valuesOf } from "./searching/plan-inputs.ts";
import { planWay } from "./running/plan-way.ts";
import { Reach } from "./running/reach.ts";
import { nothingRestored, reopened, restoreRun } from "./running/restore-run.ts";
import { betterOf, isEndpointLost, lostUnderWay, withNote } from "./running/leave-endpoint.ts";
import { openContext } from "./running/open-context.ts";
import { runHarvest, type RunStart } from "./running/run-harvest.ts";
import { TimeLimit } from "./running/time-limit.ts";
import { HealLedger } from "./healing/heal-ledger.ts";
import { healStored, type HealOutcome } from "./healing/heal-stored.ts";
import { judgeCompleteness } from "./judge-completeness.ts";
import { CheckpointSafe } from "./runs/checkpoint-safe.ts";
import { writeCommits, type Commit } from "./runs/commit-store.ts";
import { endOf, resultOf, type EndedRun } from "./runs/ended-run.ts";
import { PagesDigest } from "./runs/pages-digest.ts";
import { runRecords } from "./runs/run-records.ts";
import { RunStore } from "./runs/run-store.ts";
import type { RunRequest } from "./runs/run.ts";
import type { Pictures } from "./sources/page-source.ts";
import { newWalk } from "./walk/walk-state.ts";

export interface HarvesterOptions {
  readonly db: Database;
  readonly artifacts: Artifacts;
  readonly egress: GuardedClient;
  /** Opened on first need; rejects with a clear error where no browser can be had. */
  readonly browsers: () => Promise<BrowserPool>;
  /** Seals cookies and form fields of runs that are under way, and runs that ended as a whole. */
  readonly seal: Pick<SecretSeal, "seal" | "open">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  readonly newId?: () => string;
  /** Keeps a picture of every page that a browser shows; none by default. */
  readonly pictures?: Pictures | null;
  /** Prepared by whoever knows early how much there is to read; by default they start with a run. */
  readonly threads?: ReadingThreads;
}

/** Learns listings and brings their records home. Lives as long as its stores; closes none of them. */
export class Harvester {
  readonly recipes: RecipeStore;
  readonly runs: RunStore;
  readonly heals: HealLedger;
  readonly #options: HarvesterOptions;
  readonly #threads: ReadingThreads;
  readonly #newId: () => string;
  readonly #finished: Counter;

  constructor(options: HarvesterOptions) {
    const { db, seal, clock, artifacts, telemetry } = options;
    this.#options = options;
    this.#threads = options.threads ?? new ReadingThreads();
    this.#newId = options.newId ?? newId;
    this.recipes = new RecipeStore({ db, clock, newId: this.#newId });
    this.runs = new RunStore({ db, seal });
    this.heals = new HealLedger({ db, clock, artifacts, recipes: this.recipes, runs: this.runs });
    this.#finished = telemetry.counter("gleaner_harvest_runs_total", {
      help: "Harvest runs that ended, by completeness and the reason they stopped",
      labels: ["state", "stopped"],
    });
    artifacts.registerReferences((sha256s) => this.runs.referenced(sha256s));
  }

  /**
   * Learns the listing at an address and saves its recipe; the same recipe again keeps its id. A page without a list
   * or behind a wall is an outcome. Throws what egress and browser throw when the address cannot be had at all.
   */
  async learn(request: LearnRequest): Promise<LearnOutcome> {
    const limit = new TimeLimit(LEARN_MS, request.signal);
    const reach = this.#reach(request, limit);
    try {
      const listing = await this.#learn({ ...request, signal: limit.signal }, reach);
      await listing.source.close();
      return listing.outcome;
    } finally {
      await reach.close();
    }
  }

  /** Opens a page as one who signs in, and saves nothing. Throws `login_failed`, `login_unsafe` and what egress and browser throw. */
  async tryLogIn(request: LearnRequest & { readonly logIn: LogIn }): Promise<LogInTrial> {
    const limit = new TimeLimit(TRY_MS, request.signal);
    const reach = this.#reach(request, limit);
    const { clock } = this.#options;
    try {
      const openSource = (transport: "http" | "browser") => reach.open(transport);
      const listing = await learnListing({ ...request, signal: limit.signal }, { clock, openSource });
      await listing.source.close();
      const records = listing.recipe ? (listing.learned.extraction?.records.length ?? 0) : 0;
      return { isSignedIn: request.logIn.session !== null, records, wall: listing.wall };
    } finally {
      await reach.close();
    }
  }

  /**
   * Saves a recipe that somebody else wrote, a model or a person, if it brings the records that they saw once more when
   * it is walked afresh. Of several ways the first that does so is kept. `stored` is null, and `reasons` say why, if none does.
   */
  async adopt(request: AdoptRequest): Promise<Adoption> {
    const limit = new TimeLimit(LEARN_MS, request.signal);
    const reach = this.#reach(request, limit);
    try {
      const proof = { ...request, signal: limit.signal };
      return await adoptRecipe(proof, { recipes: this.recipes, open: (transport) => reach.open(transport) });
    } finally {
      await reach.close();
    }
  }

  /**
   * Looks whether a stored recipe still fits its page, and the pages of a run where one is given, and heals it if it can be
   * proven by pages that are stored: see `healStored`. Throws what egress and browser throw when the page cannot be had.
   */
  async heal(request: { recipeId: string; runId?: string; signal?: AbortSignal } & Reaching): Promise<HealOutcome> {
    const { artifacts, logger } = this.#options;
    const limit = new TimeLimit(LEARN_MS, request.signal);
    const reach = this.#reach(request, limit);
    try {
      const parts = { runs: this.runs, recipes: this.recipes, heals: this.heals, artifacts, signal: limit.signal };
      const { recipeId, runId } = request;
      const outcome = await healStored(
        { recipeId, ...(runId === undefined ? {} : { runId }) },
        { ...parts, values: await this.#askedBy(recipeId, runId), open: (transport) => reach.open(transport) },
      );
      logger.info("recipe.examined", { recipeId, outcome: outcome.kind });
      return outcome;
    } finally {
      await reach.close();
    }
  }

  /**
   * Brings a listing home: learns it first, or replays a recipe, or goes on with a run that was cut off. What a portal
   * answers never throws, it ends the run with a reason. Throws on contradictory requests, unknown ids, and when the
   * first page cannot be had while learning.
   */
  async harvest(request: HarvestRequest): Promise<HarvestResult> {
    checkRequest(request);
    if (request.resume !== undefined) return this.#resume(request.resume, request);
    const limit = new TimeLimit(limitOf(request), request.signal);
    const reach = this.#reach(request, limit);
    const threads = this.#threads.take(listedPages(request));
    try {
      if (request.recipe ?? request.recipeId) {
        const stored = await this.#storedRecipe(request);
        return await this.#start({ request, stored, listing: null, reach, limit, threads });
      }
      const listing = await this.#learn({ ...request, url: learningUrl(request), signal: limit.signal }, reach);
      return await this.#start({ request, stored: listing.stored, listing, reach, limit, threads });
    } finally {
      await closeAll(reach, threads);
    }
  }

  /** What a run told at its end, for whoever was cut off before hearing it; null while it is under way. Throws `run_not_found`. */
  async ended(id: string): Promise<HarvestResult | null> {
    const run = await this.runs.get(id);
    return run.status === "finished" ? resultOf(run, this.recipes) : null;
  }

  /** The records of a run in the order they were found, read from the store page by page. */
  async *records(run: string): AsyncGenerator<HarvestedRecord> {
    const { request } = await this.runs.get(run);
    yield* runRecords(this.runs, run, request.details);
  }

  /** Checks a run from stored bytes alone: every value is looked for again, every record is read again. */
  async verify(run: string, options: VerifyOptions = {}): Promise<VerifyReport> {
    const { artifacts } = this.#options;
    return verifyRun({ run, runs: this.runs, recipes: this.recipes, artifacts }, options);
  }

  /** A picture of the stored page with a box around one value. The page is shown without any network. */
  async screenshot(request: ShotRequest): Promise<EvidenceShot> {
    const { artifacts, browsers } = this.#options;
    return screenshotOf({ runs: this.runs, artifacts, browsers }, request);
  }

  /** Waits until a host may be asked, by its pace and its robots.txt, for whoever drives a browser of his own there. */
  async takeTurn({ url, robots = "respect", allowHosts = [], minDelayMs = 0, signal }: Turn): Promise<() => void> {
    const { egress } = this.#options;
    const client = allowHosts.length > 0 || minDelayMs > 0 ? egress.forJob({ allowHosts, minDelayMs }) : egress;
    try {
      return await client.takeTurn({ url, robots, signal });
    } finally {
      if (client !== egress) await client.close();
    }
  }

  async #learn(request: LearnRequest, reach: Reach): Promise<LearnedListing> {
    const { clock, logger } = this.#options;
    const openSource = (transport: "http" | "browser") => reach.open(transport);
    return learnAndSave(request, { recipes: this.recipes, clock, logger, openSource });
  }

  async #storedRecipe({ recipe, recipeId }: HarvestRequest): Promise<StoredRecipe> {
    if (recipeId !== undefined) return this.recipes.get(recipeId);
    return this.recipes.keep({ recipe: this.recipes.check(recipe), origin: "imported" });
  }

  async #start(given: Starting): Promise<HarvestResult> {
    const { request, listing, limit, reach } = given;
    const open = (transport: "http" | "browser") => reach.open(transport);
    const past = { runs: this.runs, recipes: this.recipes, artifacts: this.#options.artifacts, heals: this.heals };
    const way = await planWay(request, given.stored, {
      open,
      signal: limit.signal,
      now: this.#options.clock(),
      past,
    });
    const { stored } = way;
    const plan = { ...way.plan, program: programVersion() };
    // The search is asked in the run, where it is told and counted.
    const learnt = way.visit || stored?.recipe.inputs ? null : listing;
    if (!learnt) await listing?.source.close();
    const id = this.#newId();
    const recipe = { recipeId: stored?.id ?? null, recipeVersion: stored?.version ?? null };
    await this.runs.create({ id, ...recipe, request: plan, startedAt: this.#options.clock() });
    this.#options.logger.info("harvest.started", { run: id, ...recipe });
    request.onProgress?.({ kind: "started", run: id, resumedAtPage: 1 });
    if (!stored) {
      await listing?.source.close();
      return this.#endWithoutRecipe(id, given);
    }
    const start = { restored: nothingRestored(), checkpoint: null, visit: way.visit ?? learnt };
    const notes = [...(given.notes ?? []), ...way.notes];
    const result = await this.#run({ ...given, id, plan, stored, notes }, start);
    return plan.endpoint && isEndpointLost(result) ? this.#onPage(result, { ...given, stored }) : result;
  }

  /** Reads the page in the place of an endpoint that was lost under way. */
  async #onPage(lost: HarvestResult, given: Starting & { readonly stored: StoredRecipe }): Promise<HarvestResult> {
    const { request, stored } = given;
    const byPage = { ...request, transport: stored.recipe.transport };
    try {
      const notes = [lostUnderWay(lost)];
      return betterOf(lost, await this.#start({ ...given, request: byPage, listing: null, notes }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return withNote(lost, `The page itself could not be read in its place: ${error.message}`);
    }
  }

  async #resume(id: string, request: HarvestRequest): Promise<HarvestResult> {
    const run = await this.runs.get(id);
    if (run.status === "finished" || run.recipeId === null) throw new RunFinished(id);
    const stored = await this.recipes.get(run.recipeId, run.recipeVersion ?? undefined);
    await this.runs.noteProgram(id, programVersion());
    const restored = await restoreRun(this.runs, id);
    this.#options.logger.info("harvest.resumed", { run: id, pages: run.pages });
    request.onProgress?.({ kind: "started", run: id, resumedAtPage: run.pages + 1 });
    const limit = new TimeLimit(run.request.maxMs, request.signal);
    const company = { people: request.people ?? null, ...(request.logIn ? { logIn: request.logIn } : {}) };
    const reach = this.#reach({ ...run.request, ...company }, limit);
    const threads = this.#threads.take(listedPages(run.request) - run.pages);
    try {
      const { checkpoint, notes } = reopened(run.checkpoint, this.#safe(id));
      const start = { restored, checkpoint, visit: null };
      return await this.#run(
        { request, id, plan: run.request, stored, listing: null, reach, limit, threads, notes },
        start,
      );
    } finally {
      await closeAll(reach, threads);
    }
  }

  async #run(given: Running, start: RunStart): Promise<HarvestResult> {
    const { id, stored, listing } = given;
    const { db } = this.#options;
    // Of a run that goes on, the pages of before are only in the database.
    const digest = start.restored.done.size === 0 ? new PagesDigest() : null;
    const write = (commits: readonly Commit[]) => writeCommits({ db, run: id, safe: this.#safe(id), digest }, commits);
    const context = await openContext(given, start.restored, { ...this.#options, ...this.#stores, write });
    for (const note of [...(listing?.outcome.notes ?? []), ...(given.notes ?? [])]) context.notes.add(note);
    const { completeness, outcome } = await runHarvest(context, start);
    await context.commits.settled();
    for (const { kind, message } of outcome.alarms)
      await this.recipes.record({ recipeId: stored.id, runId: id, kind, body: { message } });
    return this.#finish(given, { completeness, outcome, pages: digest });
  }

  get #stores(): Pick<Harvester, "runs" | "recipes"> {
    return { runs: this.runs, recipes: this.recipes };
  }

  #safe(run: string): CheckpointSafe {
    const { seal, logger } = this.#options;
    return new CheckpointSafe({ seal, logger, run });
  }

  /** Nothing was learnt: the page held no list, or stood behind a wall. The run says so. */
  async #endWithoutRecipe(id: string, given: Starting): Promise<HarvestResult> {
    const { outcome } = given.listing ?? {};
    const stopped = outcome?.wall ? "wall" : "no_records";
    const walk = { ...newWalk(null), pages: 1 };
    const completeness = judgeCompleteness({ walk, stopped, scripted: true });
    const ended = { wall: outcome?.wall ?? null, alarms: [], notes: outcome?.notes ?? [], interactions: [] };
    return this.#finish({ ...given, id }, { completeness, outcome: ended, pages: null });
  }

  async #finish(
    { id, stored, request }: Pick<Running, "id" | "request"> & { stored: StoredRecipe | null },
    {
      completeness,
      outcome,
      pages,
    }: Pick<EndedRun, "completeness" | "outcome"> & { readonly pages: PagesDigest | null },
  ): Promise<HarvestResult> {
    const { clock, logger } = this.#options;
    const { state, stopped } = completeness;
    const { staysOpenWhenCancelled: mayStay = false } = request;
    const staysOpen = stopped === "cancelled" && (typeof mayStay === "function" ? mayStay() : mayStay);
    if (!staysOpen) await this.runs.finish(id, { completeness, outcome, pages, at: clock() });
    logger.info("harvest.finished", { run: id, state, stopped, found: completeness.found });
    this.#finished.add(1, { state, stopped });
    request.onProgress?.({ kind: "finished", run: id, completeness });
    return endOf(await this.runs.get(id), stored, { completeness, outcome });
  }

  /** What a run asked of the search form, or what its recipe asks now. */
  async #askedBy(recipeId: string, runId: string | undefined): Promise<InputValues> {
    const { recipe } = await this.recipes.get(recipeId);
    const asked = runId === undefined ? null : (await this.runs.get(runId)).request.inputs;
    return valuesOf(asked ?? planInputs(recipe, {}, this.#options.clock()));
  }

  #reach(
    { allowHosts = [], robots = "respect", minDelayMs = 0, people = null, beside = null, logIn = null }: Reaching,
    limit: TimeLimit,
  ): Reach {
    const { egress, browsers, logger, pictures = null } = this.#options;
    const company = { pictures, beside, logIn, people: people && limit.waitingFor(people) };
    return new Reach({ egress, browsers, logger, allowHosts, robots, minDelayMs, ...company, signal: limit.signal });
  }
}

/** Threads have ended with the last listed page; those of a run that did not come so far have not. */
async function closeAll(reach: Reach, threads: readonly ReadingThread[]): Promise<void> {
  await Promise.all([reach, ...threads].map((opened) => opened.close()));
}

const LEARN_MS = 300_000;
const TRY_MS = 120_000;

type Reaching = Pick<LearnRequest, "allowHosts" | "robots" | "minDelayMs"> &
  Pick<AdoptRequest, "beside"> & { readonly people?: People | null; readonly logIn?: LogIn | null };
type Turn = Pick<LearnRequest, "url" | "robots" | "allowHosts" | "minDelayMs"> & { readonly signal: AbortSignal };

interface Starting {
  readonly request: HarvestRequest;
  readonly stored: StoredRecipe | null;
  readonly listing: LearnedListing | null;
  readonly reach: Reach;
  readonly limit: TimeLimit;
  readonly threads: readonly ReadingThread[];
  readonly notes?: readonly string[];
}

interface Running extends Starting {
  readonly id: string;
  readonly plan: RunRequest;
  readonly stored: StoredRecipe;
}
