import { expect, test } from "vitest";
import { outOfTurn, runManyJobs } from "./many-jobs.ts";

test(
  "8 concurrent jobs on 3 browsers all end, share no context and start by priority",
  { timeout: 300_000 },
  async () => {
    const seen = await runManyJobs({ jobs: 8, rounds: 1 });

    expect(seen.ends).toEqual(seen.ends.map(({ id, found }) => ({ id, status: "completed", found, finals: 1 })));
    expect(seen.ends.filter(({ found }) => found === 0)).toEqual([]);
    expect(seen.strangers).toEqual([]);
    expect(seen.mostBrowsers).toBeLessThanOrEqual(3);
    expect(seen.mostBrowsers).toBeGreaterThan(0);
    expect(outOfTurn(seen)).toEqual([]);
  },
);
