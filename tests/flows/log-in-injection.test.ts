import { afterAll, describe, test } from "vitest";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { expectKeptToItself, explorePortalThatOrders, INJECTIONS } from "./injected-orders.ts";
import { useHarvester } from "./open-harvester.ts";

const pool = new BrowserPool({ guard: new AddressGuard({}) });
const lab = await useHarvester(async () => pool);
/** Those that would carry a secret away, each in a way of its own. */
const some = INJECTIONS.filter(
  ([, order], at) => /log in|contact form|another host|goes away/.test(order) && at % 5 === 0,
);

afterAll(() => pool.close());

describe("a portal with a log-in that orders a model which obeys", () => {
  test.each(some)("by %s to %s learns no password that way, nor does the model", async (...injection) => {
    expectKeptToItself(await explorePortalThatOrders(lab, pool, injection, { signsIn: true }));
  });
});
