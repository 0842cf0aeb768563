import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

const { api, as } = await openTestApi();
const URL = "/api/v1/statistics";

test("a viewer reads thirty days unless another range is asked for", async () => {
  const usual = await api.inject({ url: URL, headers: as("viewer") });
  const week = await api.inject({ url: `${URL}?days=7&portalId=none`, headers: as("viewer") });

  expect([usual.statusCode, usual.json().days.length, usual.json().failures]).toEqual([200, 30, []]);
  expect(week.json().days).toHaveLength(7);
});

test("a range that is not offered, and who has no key, are refused", async () => {
  const odd = await api.inject({ url: `${URL}?days=8`, headers: as("viewer") });
  const nobody = await api.inject({ url: URL });

  expect([odd.statusCode, nobody.statusCode]).toEqual([400, 401]);
});
