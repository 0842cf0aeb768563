import { afterAll, describe, expect, test } from "vitest";
import { openTestApi } from "../api/open-test-api.ts";
import { BEFORE, CASES } from "../sites/changing-portals.ts";
import { startSite, type SiteHandler } from "../sites/local-site.ts";
import { visitChanged, type AfterChange } from "./changed-portal.ts";

let current: SiteHandler = () => null;
const site = await startSite((request) => current(request));
const stage = { url: site.url, show: (handle: SiteHandler) => (current = handle) };
const lab = await openTestApi({ allowHosts: [site.host], work: true });

afterAll(() => site.close());

describe("the next job on a portal that changed", () => {
  const outcomes: AfterChange["outcome"][] = [];
  const count = (wanted: AfterChange["outcome"]) => outcomes.filter((outcome) => outcome === wanted).length;

  const readWrongly: string[] = [];

  test.each(CASES)("(%s, where %s) heals rightly or waits for a person", async (...change) => {
    const { outcome, wrong, reasons } = await visitChanged(lab, stage, change);
    outcomes.push(outcome);
    if (wrong.length > 0) readWrongly.push(change.join(" where "));

    if (outcome !== "read") expect(wrong).toEqual([]);
    expect(outcome === "waits").toBe(reasons.length > 0);
  });

  test("goes on without a person in four of five cases", () => {
    expect(Object.keys(BEFORE).length).toBeGreaterThanOrEqual(8);
    expect(outcomes).toHaveLength(CASES.length);
    const [read, healed, waits, poorer] = [count("read"), count("healed"), count("waits"), count("poorer")];
    process.stdout.write(
      `${CASES.length} changes: ${read} still read, ${healed} healed, ${waits} wait for a person, ${poorer} poorer, ` +
        `${readWrongly.length} read wrongly (${readWrongly.join("; ")})\n`,
    );
    // Older versions of the same tenders that a paged table without classes shows first are not told from the list yet.
    expect(readWrongly.length).toBeLessThanOrEqual(1);
    expect((read + healed) / CASES.length).toBeGreaterThanOrEqual(0.8);
    expect(healed).toBeGreaterThanOrEqual(20);
  });
});
