import { afterAll, describe, expect, test } from "vitest";
import { openTestApi } from "../api/open-test-api.ts";
import { BEFORE } from "../sites/changing-portals.ts";
import { DEVELOPMENTS } from "../sites/developments.ts";
import { FRESH, FRESH_CASES } from "../sites/fresh-changes.ts";
import { startSite, type SiteHandler } from "../sites/local-site.ts";
import { FOR_A_PERSON, UNFORESEEN, UNFORESEEN_CASES } from "../sites/unforeseen-changes.ts";
import { visitChanged, type AfterChange } from "./changed-portal.ts";

let current: SiteHandler = () => null;
const site = await startSite((request) => current(request));
const stage = { url: site.url, show: (handle: SiteHandler) => (current = handle) };
const lab = await openTestApi({ allowHosts: [site.host], work: true });

afterAll(() => site.close());

const tally = (outcomes: readonly AfterChange["outcome"][]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(outcomes, (one) => one)].map(([name, all]) => [name, all.length]));

describe.each([
  ["in ways thought of after the rules of healing were written", FRESH, FRESH_CASES, { goOn: 0.86, heal: 0.82 }],
  ["as real portals do", UNFORESEEN, UNFORESEEN_CASES, { goOn: 0.88, heal: 0.75 }],
])("the next job on a portal that changed, %s", (kind, changes, cases, least) => {
  const outcomes: AfterChange["outcome"][] = [];
  const all: AfterChange["outcome"][] = [];
  const open: string[] = [];

  test.each(cases)("(%s, where %s) heals rightly or waits for a person", async (...change) => {
    const { outcome, wrong, reasons, completeness } = await visitChanged(lab, stage, change, changes);
    all.push(outcome);
    if (!FOR_A_PERSON.has(change[1])) outcomes.push(outcome);
    // Where it is read all the same, it is read rightly: `wrong` is empty.
    else expect(["read", "waits"]).toContain(outcome);
    if (outcome === "waits" || outcome === "poorer") open.push(`${change.join(" where ")}: ${outcome}`);

    expect(wrong).toEqual([]);
    expect(outcome === "waits").toBe(reasons.length > 0);
    if (outcome === "poorer") expect(completeness).not.toBe("complete");
  });

  test("goes on without a person in four of five that needed healing", () => {
    const { healed = 0, waits = 0, poorer = 0 } = tally(outcomes);
    process.stdout.write(`${kind}: ${JSON.stringify(tally(outcomes))}\n${open.join("\n")}\n`);
    expect(outcomes).toHaveLength(cases.filter(([, change]) => !FOR_A_PERSON.has(change)).length);
    expect(healed / (healed + waits + poorer)).toBeGreaterThanOrEqual(0.8);
  });

  test("goes on without a person as often as it did, counted over all changes, those for a person too", () => {
    const { healed = 0, read = 0 } = tally(all);
    process.stdout.write(`${kind}, with those for a person: ${JSON.stringify(tally(all))}\n`);
    expect(all).toHaveLength(cases.length);
    expect((healed + read) / all.length).toBeGreaterThanOrEqual(least.goOn);
    expect(healed / (all.length - read)).toBeGreaterThanOrEqual(least.heal);
  });
});

describe("the next job on a list that developed as lists do", () => {
  const portals = Object.keys(BEFORE);
  const cases = Object.keys(DEVELOPMENTS).map(
    (development, nth) => [portals[nth % portals.length] ?? "", development] as const,
  );

  test.each(cases)("(%s, where %s) goes on", async (...development) => {
    const { outcome, wrong, missing } = await visitChanged(lab, stage, development, DEVELOPMENTS);

    expect(wrong).toEqual([]);
    expect(missing).toEqual([]);
    expect(outcome).toBe("read");
  });
});
