import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

const PASSWORD = "tide pool lantern nine";
const OWN = { origin: "http://gleaner.test", host: "gleaner.test" };
const URL = "/api/v1/session/all";
const { api, as, audit, users } = await openTestApi();
for (const name of ["ada", "bea"]) await users.add({ name, role: "viewer", password: PASSWORD }, "test");

async function signIn(name: string): Promise<Record<string, string>> {
  const payload = { name, password: PASSWORD };
  const { cookies } = await api.inject({ method: "POST", url: "/api/v1/session", headers: OWN, payload });
  return { ...OWN, cookie: `gleaner=${cookies[0]?.value}` };
}

async function own(headers: Record<string, string>): Promise<{ id: string; isThis: boolean }[]> {
  return (await api.inject({ url: URL, headers })).json().items;
}

async function statusOf(headers: Record<string, string>): Promise<number> {
  return (await api.inject({ url: "/api/v1/jobs", headers })).statusCode;
}

test("a person sees where they are signed in, and nobody else's sessions", async () => {
  const [here, there, other] = [await signIn("ada"), await signIn("ada"), await signIn("bea")];
  const seen = await own(here);

  expect(seen).toHaveLength(2);
  expect(seen.filter(({ isThis }) => isThis)).toHaveLength(1);
  expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual([
    "address",
    "expiresAt",
    "id",
    "isThis",
    "seenAt",
    "startedAt",
  ]);
  expect([(await own(there)).length, (await own(other)).length]).toEqual([2, 1]);
});

test("signing out elsewhere ends every other session of the person, keeps this one, and is on record", async () => {
  const [here, there, other] = [await signIn("ada"), await signIn("ada"), await signIn("bea")];
  const reply = await api.inject({ method: "DELETE", url: URL, headers: here });

  expect(reply.statusCode).toBe(204);
  expect([await statusOf(here), await statusOf(there), await statusOf(other)]).toEqual([200, 401, 200]);
  expect(await own(here)).toHaveLength(1);
  const [last] = (await audit.list({ limit: 1 })) ?? [];
  expect(last).toMatchObject({ actor: "user:ada", action: "session.ended", details: { ended: 3 } });
});

test("one session is ended by its id; that of somebody else is not", async () => {
  const [here, there, other] = [await signIn("ada"), await signIn("ada"), await signIn("bea")];
  const thereId = (await own(there)).find(({ isThis }) => isThis)?.id;
  const otherId = (await own(other)).find(({ isThis }) => isThis)?.id;
  const end = (id: string | undefined) => api.inject({ method: "DELETE", url: `${URL}/${id}`, headers: here });
  const codes = [(await end(thereId)).statusCode, (await end(otherId)).statusCode, (await end(thereId)).statusCode];

  expect(codes).toEqual([204, 204, 204]);
  expect([await statusOf(here), await statusOf(there), await statusOf(other)]).toEqual([200, 401, 200]);
});

test("a program has no sessions, and a page elsewhere ends none", async () => {
  const here = await signIn("ada");
  const key = await api.inject({ url: URL, headers: as("admin") });
  const foreign = await api.inject({
    method: "DELETE",
    url: URL,
    headers: { ...here, origin: "https://evil.example" },
  });

  expect(key.json().error.code).toBe("not_signed_in");
  expect(foreign.statusCode).toBe(403);
});
