import { afterAll, describe, test } from "vitest";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { expectHarmless, explorePortalThatOrders, INJECTIONS } from "./injected-orders.ts";
import { useHarvester } from "./open-harvester.ts";

const pool = new BrowserPool({ guard: new AddressGuard({}) });
const lab = await useHarvester(async () => pool);

afterAll(() => pool.close());

describe("a page that orders a model which obeys", () => {
  test.each(INJECTIONS)("by %s to %s gets nothing that it should not", async (...injection) => {
    expectHarmless(await explorePortalThatOrders(lab, pool, injection));
  });
});
