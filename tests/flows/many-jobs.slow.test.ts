import { expect, test } from "vitest";
import { outOfTurn, runManyJobs } from "./many-jobs.ts";

const MB = 1024 ** 2;

test("20 concurrent jobs on 2 cores and 3 browsers all end, share no context, start by priority and leave memory bounded", async () => {
  const seen = await runManyJobs({ jobs: 20, rounds: 4 });
  const [, warm = 0, , last = 0] = seen.afterRounds;
  const told = seen.afterRounds.map((bytes) => Math.round(bytes / MB)).join(", ");
  console.info(`server after each round: ${told} MB; with browsers at most ${Math.round(seen.mostTogether / MB)} MB`);

  expect(seen.ends).toHaveLength(80);
  expect(seen.ends).toEqual(seen.ends.map(({ id, found }) => ({ id, status: "completed", found, finals: 1 })));
  expect(seen.ends.filter(({ found }) => found === 0)).toEqual([]);
  expect(seen.strangers).toEqual([]);
  expect(seen.mostBrowsers).toBe(3);
  expect(outOfTurn(seen)).toEqual([]);
  expect(last - warm).toBeLessThan(100 * MB);
  expect(seen.mostTogether).toBeLessThan(2_500 * MB);
}, 1_200_000);
