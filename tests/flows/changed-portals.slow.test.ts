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
  const open: string[] = [];
  const count = (wanted: AfterChange["outcome"]) => outcomes.filter((outcome) => outcome === wanted).length;

  test.each(CASES)("(%s, where %s) heals rightly or waits for a person", async (...change) => {
    const { outcome, wrong, reasons, completeness } = await visitChanged(lab, stage, change);
    outcomes.push(outcome);
    if (outcome !== "read" && outcome !== "healed") open.push(`${change.join(" where ")}: ${outcome}`);

    expect(wrong).toEqual([]);
    expect(outcome === "waits").toBe(reasons.length > 0);
    if (outcome === "poorer") expect(completeness).not.toBe("complete");
  });

  test("goes on without a person in four of five cases", () => {
    expect(Object.keys(BEFORE).length).toBeGreaterThanOrEqual(8);
    expect(outcomes).toHaveLength(CASES.length);
    const [read, healed, waits, poorer] = [count("read"), count("healed"), count("waits"), count("poorer")];
    process.stdout.write(
      `${CASES.length} changes: ${read} still read, ${healed} healed, ${waits} wait for a person, ${poorer} poorer\n${open.join("\n")}\n`,
    );
    expect(healed / (healed + waits + poorer)).toBeGreaterThanOrEqual(0.8);
    expect(healed).toBeGreaterThanOrEqual(20);
  });
});
