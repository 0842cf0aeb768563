import { expect, test } from "vitest";
import { chartsOf } from "./charts.ts";

const DAY = {
  jobs: { completed: 1, incomplete: 0, failed: 2, cancelled: 0 },
  completeness: { complete: 1, incomplete: 0, unknown: 0 },
  opportunities: { found: 27, new: 5 },
};
const DRAWN = chartsOf({
  days: [
    { ...DAY, day: "2026-11-19", models: { tokens: 0, usd: 0 } },
    { ...DAY, day: "2026-11-20", models: { tokens: 900, usd: null } },
    { ...DAY, day: "2026-11-21", models: { tokens: 900, usd: 0.25 } },
  ],
  failures: [
    { code: "http_status", jobs: 4, byDay: [2, 1, 1] },
    { code: "portal_changed", jobs: 2, byDay: [0, 1, 1] },
  ],
});
const charts = new Map(DRAWN.map((chart) => [chart.title, chart]));

test("a cost that is not known is left out, which is not a cost of nothing", () => {
  const cost = charts.get("Cost of models");

  expect(cost?.rows.map((row) => row["Cost"])).toEqual([0, null, 0.25]);
  expect(cost?.note).toMatch(/price is not known/);
});

test("failed jobs are drawn by reason on the days they failed", () => {
  const reasons = charts.get("Failed jobs by reason");

  expect(reasons?.series.map(({ name }) => name)).toEqual(["http status", "portal changed"]);
  expect(reasons?.rows).toEqual([
    { day: "2026-11-19", "http status": 2, "portal changed": 0 },
    { day: "2026-11-20", "http status": 1, "portal changed": 1 },
    { day: "2026-11-21", "http status": 1, "portal changed": 1 },
  ]);
});
