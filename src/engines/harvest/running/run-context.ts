import type { Clock, Logger } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { Drift, Recipe } from "#engines/extraction";
import type { HarvestStep, OnHarvestProgress } from "../progress.ts";
import type { KeySet } from "../records/key-set.ts";
import type { ReadingThread } from "../records/reading-threads.ts";
import type { CommitGroup } from "../runs/commit-group.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { RunRequest } from "../runs/run.ts";
import type { HarvestWall } from "../harvest-request.ts";
import type { PageSource } from "../sources/page-source.ts";
import type { RunHistory } from "./run-history.ts";

const MOST_INTERACTIONS = 1_000;

/** What the parts of one run share while it lasts. */
export interface RunContext {
  readonly run: string;
  readonly recipeId: string;
  readonly recipe: Recipe;
  readonly request: RunRequest;
  readonly artifacts: Artifacts;
  readonly runs: RunStore;
  readonly commits: CommitGroup;
  /** Started when the run was asked for, if it is one of many known addresses. */
  readonly threads: readonly ReadingThread[];
  /** Opens a visitor of its own; the first one is the run's. */
  readonly openSource: (cookies: string | null) => Promise<PageSource>;
  /** What earlier runs brought. */
  readonly history: RunHistory;
  /** Keys of the records that earlier pages of this run held. */
  readonly known: KeySet;
  /** Keys of the steps that were taken. */
  readonly asked: Set<string>;
  /** Earlier runs left copies that may be reused. */
  readonly mayReuse: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborts on cancel and when the time is up. */
  readonly signal: AbortSignal;
  /** Tells the two apart: true when it was the time. */
  readonly timeIsUp: () => boolean;
  readonly onProgress: OnHarvestProgress;
  readonly interactions: HarvestStep[];
  readonly notes: Set<string>;
  readonly drift: Drift[];
  wall: HarvestWall | null;
}

export function noteInteraction({ interactions }: RunContext, step: HarvestStep): void {
  if (interactions.length < MOST_INTERACTIONS) interactions.push(step);
}

const MOST_NOTES = 200;

/** A sentence for people; each is said once. */
export function note({ notes }: RunContext, sentence: string): void {
  if (notes.size < MOST_NOTES) notes.add(sentence);
}

const MOST_DRIFT = 50;

export function noteDrift({ drift }: RunContext, signs: readonly Drift[]): void {
  drift.push(...signs.slice(0, MOST_DRIFT - drift.length));
}
