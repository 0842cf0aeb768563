import { expect, test, vi } from "vitest";
import { openTestApi } from "../api/open-test-api.ts";

const { portals } = await openTestApi({ work: true });

test("the clock on the wall sends the job of a portal that is due", { timeout: 200_000 }, async () => {
  await portals.registry.add("minutely", { url: "http://192.0.2.1/", schedule: "* * * * *" });
  await portals.schedule();

  await vi.waitFor(async () => expect(await portals.desk.list({ portalId: "minutely", limit: 5 })).not.toEqual([]), {
    timeout: 180_000,
    interval: 1_000,
  });
});
