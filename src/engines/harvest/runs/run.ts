import { z } from "zod";
import type { Wish } from "#engines/extraction";
import type { Completeness, StopReason } from "../completeness.ts";
import type { HarvestWall } from "../harvest-request.ts";
import type { HarvestAlarm, HarvestStep } from "../progress.ts";
import type { RunInput } from "../searching/plan-inputs.ts";
import type { WalkState } from "../walk/walk-state.ts";
import type { WalkStep } from "../walk/walk-step.ts";

/** What a run was asked for, as it is stored: defaults filled in, nothing that lives. */
export interface RunRequest {
  readonly url: string;
  readonly transport: "http" | "browser";
  /** The recipe's endpoint is read instead of its page. */
  readonly endpoint?: boolean;
  readonly maxPages: number;
  readonly maxMs: number;
  readonly details: boolean;
  readonly evidence: boolean;
  readonly concurrency: number;
  readonly embedded: boolean;
  readonly robots: "respect" | "ignore";
  /** Absent in runs of older versions. */
  readonly minDelayMs?: number;
  readonly allowHosts: readonly string[];
  readonly addresses: readonly string[] | null;
  readonly wish: Wish | null;
  /** What the search form is asked; absent where there is none. */
  readonly inputs?: readonly RunInput[];
  /** Which program reads the pages (`programVersion`). Absent in runs of older versions. */
  readonly program?: string;
}

/** What a walk needs to go on after a crash. Holds cookies and form fields: never logged, never served. */
export interface Checkpoint {
  readonly walk: WalkState;
  readonly next: WalkStep | null;
  /** Why the list pages ended, once they have; details may still be missing. */
  readonly stopped: StopReason | null;
  /** Cookies of the run, serialised by the source that set them. */
  readonly cookies: string | null;
  /** The page that `next` stands on. */
  readonly referer: string | null;
  readonly scripted: boolean;
  readonly saysEmpty: boolean;
}

/** A checkpoint as it is stored: cookies and the fields of the next form are sealed (`CheckpointSafe`). */
export interface StoredCheckpoint extends Omit<Checkpoint, "cookies"> {
  /** Absent in runs of versions that sealed cookies only, null where there is nothing secret. */
  readonly secrets?: string | null;
}

/** What a run that ended has to say beside its completeness. */
export interface RunOutcome {
  readonly wall: HarvestWall | null;
  readonly alarms: readonly HarvestAlarm[];
  readonly notes: readonly string[];
  /** The first thousand. */
  readonly interactions: readonly HarvestStep[];
}

interface RunFacts {
  readonly id: string;
  readonly recipeId: string | null;
  readonly recipeVersion: number | null;
  readonly request: RunRequest;
  readonly pages: number;
  readonly records: number;
  readonly unverified: number;
  readonly startedAt: Date;
}

/** `running → finished`. A run whose process died stays `running` until it is resumed. */
export type HarvestRun =
  | (RunFacts & { readonly status: "running"; readonly checkpoint: StoredCheckpoint | null })
  | (RunFacts & {
      readonly status: "finished";
      readonly completeness: Completeness;
      readonly outcome: RunOutcome;
      readonly finishedAt: Date;
    });

/** Only we write these columns; what is checked is that they are there at all, not every key of them. */
const objectOf = <T>() => z.custom<T>((value) => typeof value === "object" && value !== null);

export const StoredRequestSchema = objectOf<RunRequest>();
export const StoredCheckpointSchema = objectOf<StoredCheckpoint>().nullable();
export const StoredCompletenessSchema = objectOf<Completeness>();
export const StoredOutcomeSchema = objectOf<RunOutcome>();
