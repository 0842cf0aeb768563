import { afterAll, describe, expect, test } from "vitest";
import { ALL_PORTALS } from "../sites/all-portals.ts";
import { judgeVisit } from "../sites/judge-visit.ts";
import { openPortalLab } from "../sites/portal-lab.ts";
import { visitPortal } from "../sites/visit-portal.ts";

const lab = await openPortalLab();

afterAll(() => lab.close());

describe("without a model", () => {
  const portals = ALL_PORTALS.filter(({ needs }) => needs !== "model");

  test.each(portals)("$kind: $name comes home as it is", async (portal) => {
    const visit = await visitPortal(portal, lab.harvester);

    expect(judgeVisit(portal, visit).faults).toEqual([]);
  });
});
