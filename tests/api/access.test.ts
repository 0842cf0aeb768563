import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

const { api, as, audit } = await openTestApi();
const local = await openTestApi({ settings: { isAuthRequired: false, staticKey: undefined } });
const limited = await openTestApi({ settings: { requestsPerMinute: 5 } });

test("without a key only health, metrics and documentation answer", async () => {
  const statuses = await Promise.all(
    ["/health", "/healthz", "/metrics", "/docs", "/openapi.json"].map(
      async (url) => (await api.inject({ url })).statusCode,
    ),
  );
  const refused = await api.inject({ url: "/api/v1/jobs" });

  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect([refused.statusCode, refused.json().error.code]).toEqual([401, "unauthenticated"]);
  expect(refused.headers["www-authenticate"]).toBe("Bearer");
});

test("a wrong key, a cut key and a key in another scheme are all refused alike", async () => {
  const { authorization } = as("admin");
  const tries = [
    "Bearer glk_wrong",
    authorization.slice(0, -1),
    authorization.replace("Bearer", "Basic"),
    "Bearer ",
    "",
  ];

  for (const authorization of tries) {
    const reply = await api.inject({ url: "/api/v1/jobs", headers: { authorization } });
    expect([reply.statusCode, reply.json().error.code], authorization).toEqual([401, "unauthenticated"]);
  }
});

test("a role opens what it is for and what is below it", async () => {
  const open = async (role: "viewer" | "operator" | "admin" | "bot") => {
    const [look, change, administer] = await Promise.all([
      api.inject({ url: "/api/v1/jobs", headers: as(role) }),
      api.inject({ method: "POST", url: "/cancel/none", headers: as(role) }),
      api.inject({ url: "/api/v1/keys", headers: as(role) }),
    ]);
    return [look.statusCode, change.statusCode, administer.statusCode];
  };

  expect(await open("viewer")).toEqual([200, 403, 403]);
  expect(await open("operator")).toEqual([200, 404, 403]);
  expect(await open("admin")).toEqual([200, 404, 200]);
  expect(await open("bot")).toEqual([403, 403, 403]);
});

test("the key of the environment is an operator's", async () => {
  const headers = { authorization: "Bearer static-key-of-the-environment" };

  expect((await api.inject({ url: "/api/v1/jobs", headers })).statusCode).toBe(200);
  expect((await api.inject({ url: "/api/v1/keys", headers })).statusCode).toBe(403);
});

test("a key is shown once, works, and stops working when it is revoked", async () => {
  const made = await api.inject({
    method: "POST",
    url: "/api/v1/keys",
    headers: as("admin"),
    payload: { name: "ci", role: "viewer" },
  });
  const { key, id } = made.json();
  const headers = { authorization: `Bearer ${key}` };
  const before = await api.inject({ url: "/api/v1/jobs", headers });
  const listed = await api.inject({ url: "/api/v1/keys", headers: as("admin") });
  const revoked = await api.inject({ method: "DELETE", url: `/api/v1/keys/${id}`, headers: as("admin") });
  const after = await api.inject({ url: "/api/v1/jobs", headers });

  expect([made.statusCode, before.statusCode, revoked.statusCode, after.statusCode]).toEqual([201, 200, 204, 401]);
  expect(listed.body).not.toContain(key);
  expect(listed.body).toContain(id);
});

test("what is changed is on record with who changed it; what is refused is not", async () => {
  const payload = { id: "audited", url: "https://example.org/tenders" };
  await api.inject({ method: "POST", url: "/api/v1/portals", headers: as("operator"), payload });
  await api.inject({
    method: "POST",
    url: "/api/v1/portals",
    headers: as("viewer"),
    payload: { ...payload, id: "refused" },
  });
  await api.inject({
    method: "PATCH",
    url: "/api/v1/portals/audited",
    headers: as("operator"),
    payload: { name: "Audited" },
  });
  const [second, first] = await audit.list({ limit: 2 });
  const seen = await api.inject({ url: "/api/v1/audit?limit=2", headers: as("admin") });

  expect(first).toMatchObject({ action: "api.addPortal", subject: "audited" });
  expect(second).toMatchObject({ action: "api.changePortal", subject: "audited" });
  expect(second?.actor).toBe(first?.actor);
  expect(seen.json().items[0]).toMatchObject({ action: "api.changePortal" });
});

test("on loopback without keys, this machine may do everything", async () => {
  const reply = await local.api.inject({ url: "/api/v1/keys", headers: { host: "127.0.0.1:8000" } });
  const named = await local.api.inject({
    url: "/api/v1/keys",
    headers: { host: "localhost:8000", origin: "http://localhost:3000" },
  });
  const six = await local.api.inject({ url: "/api/v1/keys", headers: { host: "[::1]:8000" } });

  expect([reply.statusCode, named.statusCode, six.statusCode]).toEqual([200, 200, 200]);
});

test("on loopback without keys, a page from elsewhere is refused by its host or its origin", async () => {
  const rebound = await local.api.inject({ url: "/api/v1/keys", headers: { host: "evil.example:8000" } });
  const foreign = await local.api.inject({
    method: "POST",
    url: "/cancel/x",
    headers: { host: "127.0.0.1:8000", origin: "https://evil.example" },
  });
  const nowhere = await local.api.inject({ url: "/api/v1/keys", headers: { host: "127.0.0.1:8000", origin: "null" } });
  const lookalike = await local.api.inject({ url: "/api/v1/keys", headers: { host: "127.0.0.1.evil.example" } });

  for (const reply of [rebound, foreign, nowhere, lookalike])
    expect([reply.statusCode, reply.json().error.code]).toEqual([403, "foreign_caller"]);
});

test("too many requests with one key are refused with the time to wait; health, bots and other keys go on", async () => {
  const ask = (role: "viewer" | "operator" | "bot", url = "/api/v1/jobs") =>
    limited.api.inject({ url, headers: limited.as(role) });
  for (let count = 0; count < 5; count += 1) expect((await ask("viewer")).statusCode).toBe(200);
  const refused = await ask("viewer");

  expect([refused.statusCode, refused.json().error.code]).toEqual([429, "too_many_requests"]);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await ask("operator")).statusCode).toBe(200);
  expect((await ask("viewer", "/health")).statusCode).toBe(200);
  for (let count = 0; count < 10; count += 1) expect((await ask("bot")).statusCode).toBe(403);
});

test("wrong keys are counted too", async () => {
  const guess = () => limited.api.inject({ url: "/api/v1/jobs", headers: { authorization: "Bearer guess" } });
  const statuses = [];
  for (let count = 0; count < 7; count += 1) statuses.push((await guess()).statusCode);

  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
});

test("no answer may be framed, sniffed, cached or read by another origin", async () => {
  const { headers } = await api.inject({ url: "/health", headers: { origin: "https://elsewhere.example" } });

  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
  });
  expect(headers["access-control-allow-origin"]).toBeUndefined();
});
