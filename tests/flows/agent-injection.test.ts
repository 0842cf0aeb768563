import { afterAll, describe, test } from "vitest";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { expectHarmless, explorePortalThatOrders, INJECTIONS } from "./injected-orders.ts";
import { useHarvester } from "./open-harvester.ts";

const pool = new BrowserPool({ guard: new AddressGuard({}) });
const lab = await useHarvester(async () => pool);
/** A few of each kind; the slow lane runs all. */
const some = INJECTIONS.filter((_, at) => at % 13 === 0);

afterAll(() => pool.close());

describe("a page that orders a model which obeys", () => {
  test.each(some)("by %s to %s gets nothing that it should not", async (...injection) => {
    expectHarmless(await explorePortalThatOrders(lab, pool, injection));
  });
});
