import { afterAll, describe, expect, test } from "vitest";
import { openTestApi } from "../api/open-test-api.ts";
import { CASES } from "../sites/changing-portals.ts";
import { startSite, type SiteHandler } from "../sites/local-site.ts";
import { visitChanged } from "./changed-portal.ts";

let current: SiteHandler = () => null;
const site = await startSite((request) => current(request));
const stage = { url: site.url, show: (handle: SiteHandler) => (current = handle) };
const lab = await openTestApi({ allowHosts: [site.host], work: true });

afterAll(() => site.close());

/** A few; the slow lane goes through all of them. */
const some = CASES.filter((_, at) => at % 12 === 3);

describe("the next job on a portal that changed", () => {
  test.each(some)("(%s, where %s) brings nothing wrong", { timeout: 60_000 }, async (...change) => {
    const { outcome, wrong, reasons } = await visitChanged(lab, stage, change);

    expect(wrong).toEqual([]);
    expect(outcome === "waits").toBe(reasons.length > 0);
  });
});
