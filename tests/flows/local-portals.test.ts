import { afterAll, describe, expect, test } from "vitest";
import { ALL_PORTALS } from "../sites/all-portals.ts";
import { judgeVisit } from "../sites/judge-visit.ts";
import { openPortalLab } from "../sites/portal-lab.ts";
import { visitPortal } from "../sites/visit-portal.ts";

const lab = await openPortalLab();

afterAll(() => lab.close());

/** Every second of those that need no browser; the slow lane visits all. */
const some = ALL_PORTALS.filter(({ needs }) => needs === "nothing" || needs === "person").filter(
  (_, at) => at % 2 === 0,
);

describe("without a model", () => {
  test.each(some)("$kind: $name comes home as it is", { timeout: 60_000 }, async (portal) => {
    const visit = await visitPortal(portal, lab.harvester);

    expect(judgeVisit(portal, visit).faults).toEqual([]);
  });
});
