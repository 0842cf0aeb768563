import type { Drift } from "#engines/extraction";
import type { Completeness } from "../completeness.ts";
import type { HarvestAlarm } from "../progress.ts";

/** Below this share of what earlier runs found, a list has shrunk more than lists do from day to day. */
const SHRUNK_BELOW = 0.7;
const FEWEST_TO_COMPARE = 5;

interface Earlier {
  readonly found: number;
  readonly completeness: Completeness;
}

/** A list that comes back short against its own history is an alarm, even where the run looks complete. */
export function shrinkAlarm(found: number, history: readonly Earlier[]): HarvestAlarm | null {
  const counts = history.filter(({ completeness }) => completeness.state !== "incomplete").map((run) => run.found);
  const usual = median(counts);
  if (usual === null || usual < FEWEST_TO_COMPARE || found >= usual * SHRUNK_BELOW) return null;
  return {
    kind: "shrunk",
    message: `${found} records were found; the last ${counts.length} runs of this recipe found about ${usual}.`,
  };
}

/** One alarm for everything that moved, worst first. */
export function driftAlarm(drift: readonly Drift[]): HarvestAlarm | null {
  const broken = drift.filter(({ severity }) => severity === "broken");
  const worst = broken.length > 0 ? broken : drift;
  if (worst.length === 0) return null;
  const messages = [...new Set(worst.map(({ message }) => message))];
  return { kind: "drift", message: messages.slice(0, 5).join(" ") };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
