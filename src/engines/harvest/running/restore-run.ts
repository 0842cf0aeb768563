import { KeySet } from "../records/key-set.ts";
import { identitiesOf } from "../records/distinct-records.ts";
import { unpackRecords } from "../records/stored-records.ts";
import type { CheckpointSafe } from "../runs/checkpoint-safe.ts";
import type { Checkpoint, StoredCheckpoint } from "../runs/run.ts";
import type { RunStore } from "../runs/run-store.ts";

/** What a run that was cut off has behind it. */
export interface Restored {
  readonly known: KeySet;
  readonly asked: Set<string>;
  /** Numbers of the pages that count. */
  readonly done: Set<number>;
  readonly found: number;
  readonly duplicates: number;
}

/** Reads back what committed pages hold, so that nothing is asked for or counted twice. */
export async function restoreRun(runs: RunStore, run: string): Promise<Restored> {
  const known = new KeySet();
  const asked = new Set<string>();
  const done = new Set<number>();
  let found = 0;
  let duplicates = 0;
  for await (const page of runs.pages(run)) {
    for (const identity of identitiesOf(unpackRecords(page.records))) known.add(identity);
    if (page.step_key !== null) asked.add(page.step_key);
    done.add(page.number);
    found += page.record_count;
    duplicates += page.duplicate_count;
  }
  return { known, asked, done, found, duplicates };
}

export function nothingRestored(): Restored {
  return { known: new KeySet(), asked: new Set(), done: new Set(), found: 0, duplicates: 0 };
}

/** Where a run goes on: one that was cancelled stands where the next page was to be asked for. */
export function reopened(
  stored: StoredCheckpoint | null,
  safe: Pick<CheckpointSafe, "take">,
): { readonly checkpoint: Checkpoint | null; readonly notes: readonly string[] } {
  if (!stored) return { checkpoint: null, notes: [] };
  const { checkpoint, problem } = safe.take(stored);
  const stopped = checkpoint.stopped === "cancelled" ? null : checkpoint.stopped;
  return { checkpoint: { ...checkpoint, stopped }, notes: problem === null ? [] : [problem] };
}
