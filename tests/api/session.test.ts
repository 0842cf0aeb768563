import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { SetUpCode, type UserRole } from "#platform/operators";
import { openTestApi } from "./open-test-api.ts";

const PASSWORD = "tide pool lantern nine";
const setUp = new SetUpCode();
const { api, as, audit, users } = await openTestApi({ settings: { trustProxy: ["10.0.0.0/8"] } });
const fresh = await openTestApi({ setUp });
const local = await openTestApi({ settings: { isAuthRequired: false } });
for (const role of ["viewer", "operator", "admin"] as const)
  await users.add({ name: role, role, password: PASSWORD }, "test");

const OWN = { origin: "http://gleaner.test", host: "gleaner.test" };
const FOREIGN = "https://evil.example";

async function signIn(
  name: string,
  password = PASSWORD,
  headers: Record<string, string> = OWN,
  remoteAddress?: string,
) {
  return api.inject({
    method: "POST",
    url: "/api/v1/session",
    headers,
    payload: { name, password },
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  });
}

/** What a browser would send back. */
async function cookieOf(name: UserRole): Promise<string> {
  const [cookie] = (await signIn(name)).cookies;
  return `${cookie?.name}=${cookie?.value}`;
}

test("a person signs in, is told who they are, and signs out", async () => {
  const before = await api.inject({ url: "/api/v1/session" });
  const reply = await signIn("Operator ");
  const [given] = reply.cookies;
  const cookie = `gleaner=${given?.value}`;
  const who = await api.inject({ url: "/api/v1/session", headers: { cookie } });
  const out = await api.inject({ method: "DELETE", url: "/api/v1/session", headers: { ...OWN, cookie } });
  const after = await api.inject({ url: "/api/v1/session", headers: { cookie } });

  expect(before.json()).toEqual({ isSignInRequired: true, awaitsSetUp: false, who: null });
  expect(reply.statusCode).toBe(200);
  expect(given).toMatchObject({ name: "gleaner", path: "/", httpOnly: true, sameSite: "Strict" });
  expect(reply.body).not.toContain(given?.value);
  expect(who.json()).toEqual(reply.json());
  expect(who.json().who).toMatchObject({ actor: "user:operator", name: "operator", role: "operator", isPerson: true });
  expect([out.statusCode, out.cookies[0]?.value, after.json().who]).toEqual([204, "", null]);
});

test("behind a trusted proxy with TLS the cookie is secure and bound to the host; another name is not read", async () => {
  const headers = { ...OWN, "x-forwarded-proto": "https", "x-forwarded-host": "gleaner.test" };
  const reply = await signIn("viewer", PASSWORD, { ...headers, origin: "https://gleaner.test" }, "10.1.2.3");
  const untrusted = await signIn("viewer", PASSWORD, headers, "192.0.2.1");
  const [given] = reply.cookies;
  const ask = async (cookie: string) =>
    (await api.inject({ url: "/api/v1/jobs", headers: { ...headers, cookie }, remoteAddress: "10.1.2.3" })).statusCode;

  expect(given).toMatchObject({ name: "__Host-gleaner", secure: true, path: "/", sameSite: "Strict" });
  expect(given).not.toHaveProperty("domain");
  expect(untrusted.cookies[0]).toMatchObject({ name: "gleaner" });
  expect(await ask(`__Host-gleaner=${given?.value}`)).toBe(200);
  expect(await ask(`gleaner=${given?.value}`)).toBe(401);
});

test("a session opens what its role is for, wherever a key would: data, the documented paths, streams, stored bytes", async () => {
  const statuses = async (role: UserRole) => {
    const cookie = await cookieOf(role);
    const asked = [
      { url: "/api/v1/jobs" },
      { url: "/status/none" },
      { url: "/api/v1/jobs/none/stream" },
      { url: `/api/v1/artifacts/${"0".repeat(64)}` },
      { method: "POST", url: "/cancel/none" },
      { url: "/api/v1/users" },
      { url: "/api/v1/audit" },
    ] as const;
    const replies = asked.map((request) => api.inject({ ...request, headers: { ...OWN, cookie } }));
    return (await Promise.all(replies)).map(({ statusCode }) => statusCode);
  };

  expect(await statuses("viewer")).toEqual([200, 404, 404, 404, 403, 403, 403]);
  expect(await statuses("operator")).toEqual([200, 404, 404, 404, 404, 403, 403]);
  expect(await statuses("admin")).toEqual([200, 404, 404, 404, 404, 200, 200]);
});

test("a cookie alone changes nothing: the browser must say that a page of this server asks", async () => {
  const cookie = await cookieOf("admin");
  const { host } = OWN;
  const cancel = async (headers: Record<string, string>) =>
    (await api.inject({ method: "POST", url: "/cancel/none", headers: { host, cookie, ...headers } })).json().error
      .code;
  const foreign = [
    {},
    { origin: FOREIGN },
    { origin: "null" },
    { origin: "http://gleaner.test:8080" },
    { origin: "http://gleaner.test.evil.example" },
    { origin: OWN.origin, "sec-fetch-site": "cross-site" },
    { origin: OWN.origin, "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ];

  for (const headers of foreign) expect(await cancel(headers), JSON.stringify(headers)).toBe("foreign_page");
  expect(await cancel({ origin: OWN.origin })).toBe("job_not_found");
  expect(await cancel({ origin: "https://in-front-of-the-proxy.test", "sec-fetch-site": "same-origin" })).toBe(
    "job_not_found",
  );
});

test("a cookie alone opens no WebSocket for a page elsewhere", async () => {
  const cookie = await cookieOf("admin");
  const upgrade = { host: OWN.host, cookie, connection: "upgrade", upgrade: "websocket" };
  const ask = async (headers: Record<string, string>) =>
    (await api.inject({ url: "/api/v1/jobs", headers: { ...upgrade, ...headers } })).statusCode;

  expect(await ask({ origin: FOREIGN })).toBe(403);
  expect(await ask({})).toBe(403);
  expect(await ask({ origin: OWN.origin })).toBe(200);
});

test("a stream ends when the person signs out", { timeout: 60_000 }, async () => {
  const cookie = await cookieOf("viewer");
  const payload = {
    jobId: "watched",
    portalId: "p",
    url: "https://example.org/t",
    configuration: { requiresAuth: false },
  };
  await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  const stream = await api.inject({ url: "/api/v1/jobs/watched/stream", headers: { cookie }, payloadAsStream: true });
  await api.inject({ method: "DELETE", url: "/api/v1/session", headers: { ...OWN, cookie } });
  const body = await text(stream.stream());

  expect(stream.statusCode).toBe(200);
  expect(body).toContain("event: job\n");
  expect(body).not.toContain("event: end");
});

test("keys need no page and ignore cookies; a wrong key is not helped by a session", async () => {
  const cookie = await cookieOf("admin");
  const key = await api.inject({ method: "POST", url: "/cancel/none", headers: { ...as("viewer"), cookie } });
  const wrong = await api.inject({
    url: "/api/v1/jobs",
    headers: { ...OWN, cookie, authorization: "Bearer nonsense" },
  });

  expect([key.statusCode, key.json().error.code]).toEqual([403, "role_too_low"]);
  expect(wrong.statusCode).toBe(401);
});

test("nobody is signed in to another's account by a page elsewhere", async () => {
  const reply = await signIn("viewer", PASSWORD, { ...OWN, origin: FOREIGN });

  expect([reply.statusCode, reply.json().error.code, reply.cookies]).toEqual([403, "foreign_page", []]);
});

test("guessing is slowed down and told when to go on, per account and address", async () => {
  await users.add({ name: "guessed", role: "viewer", password: PASSWORD }, "test");
  const statuses = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await signIn("guessed", "wrong")).statusCode);
  const refused = await signIn("guessed");
  const elsewhere = await signIn("guessed", PASSWORD, OWN, "192.0.2.77");

  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect([refused.statusCode, refused.json().error.code]).toEqual([429, "sign_in_too_often"]);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect(elsewhere.statusCode).toBe(200);
});

test("a changed password ends every other session and keeps this one", async () => {
  await users.add({ name: "changing", role: "viewer", password: PASSWORD }, "test");
  const [here, elsewhere] = [(await signIn("changing")).cookies[0], (await signIn("changing")).cookies[0]];
  const put = (current: string, next: string, cookie = `gleaner=${here?.value}`) =>
    api.inject({
      method: "PUT",
      url: "/api/v1/session/password",
      headers: { ...OWN, cookie },
      payload: { current, next },
    });
  const wrong = await put("not the password", "lantern of the north");
  const weak = await put(PASSWORD, "short");
  const reply = await put(PASSWORD, "lantern of the north");
  const key = await api.inject({
    method: "PUT",
    url: "/api/v1/session/password",
    headers: as("admin"),
    payload: { current: "a", next: "b" },
  });
  const alive = [here, elsewhere, reply.cookies[0]].map(
    async (cookie) =>
      (await api.inject({ url: "/api/v1/jobs", headers: { cookie: `gleaner=${cookie?.value}` } })).statusCode,
  );

  expect([wrong.json().error.code, weak.json().error.code]).toEqual(["password_wrong", "password_too_weak"]);
  expect(reply.statusCode).toBe(200);
  expect(key.json().error.code).toBe("not_signed_in");
  expect(await Promise.all(alive)).toEqual([401, 401, 200]);
});

test("an admin makes, changes, resets and disables accounts; each is on record, and its sessions end", async () => {
  const cookie = await cookieOf("admin");
  const headers = { ...OWN, cookie };
  const made = await api.inject({
    method: "POST",
    url: "/api/v1/users",
    headers,
    payload: { name: "New@Example.org", role: "viewer" },
  });
  const { id, password } = made.json();
  const session = (await signIn("new@example.org", password)).cookies[0];
  const url = `/api/v1/users/${id}`;
  const promoted = await api.inject({ method: "PATCH", url, headers, payload: { role: "operator" } });
  const reset = await api.inject({ method: "POST", url: `${url}/password`, headers, payload: {} });
  const disabled = await api.inject({ method: "PATCH", url, headers, payload: { disabled: true } });
  const listed = await api.inject({ url: "/api/v1/users", headers });
  const ended = await api.inject({ url: "/api/v1/jobs", headers: { cookie: `gleaner=${session?.value}` } });
  const [last] = (await audit.list({ subject: "user:new@example.org" })).slice(0, 1);

  expect([made.statusCode, promoted.json().role, reset.json().password]).toEqual([201, "operator", expect.any(String)]);
  expect(disabled.json().disabledAt).not.toBeNull();
  expect(listed.body).not.toMatch(/argon2|password"/);
  expect(ended.statusCode).toBe(401);
  expect(last).toMatchObject({ actor: "user:admin", action: "user.disabled" });
  expect((await audit.list({ subject: "user:new@example.org", action: "user" })).map(({ action }) => action)).toEqual([
    "user.disabled",
    "user.password-reset",
    "user.role-changed",
    "user.added",
  ]);
});

test("the audit trail is read page by page, and filtered by who, what and when", async () => {
  await cookieOf("viewer");
  const read = async (query: string) =>
    (await api.inject({ url: `/api/v1/audit?${query}`, headers: as("admin") })).json();
  const first = await read("limit=2&action=session");
  const second = await read(`limit=2&action=session&cursor=${first.nextCursor}`);
  const own = await read("actor=user%3Aviewer");
  const none = await read("until=2020-01-01T00:00:00Z");
  const keys = await read("action=key.created&limit=1");

  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
    [...first.items, ...second.items].map(({ id }) => id).sort((a, b) => b - a),
  );
  expect(new Set(own.items.map(({ actor }: { actor: string }) => actor))).toEqual(new Set(["user:viewer"]));
  expect([none.items, keys.items[0].actorName]).toEqual([[], null]);
});

test("the code of a new server makes the first account, once", async () => {
  const ask = (code: string) =>
    fresh.api.inject({
      method: "POST",
      url: "/api/v1/session/set-up",
      headers: OWN,
      payload: { code, name: "first", password: PASSWORD },
    });
  const awaits = async () => (await fresh.api.inject({ url: "/api/v1/session" })).json().awaitsSetUp;
  const before = await awaits();
  const wrong = await ask(new SetUpCode().code);
  const right = await ask(setUp.code);
  const again = await ask(setUp.code);

  expect(before).toBe(true);
  expect([wrong.json().error.code, right.json().who.role, again.json().error.code]).toEqual([
    "set_up_refused",
    "admin",
    "set_up_refused",
  ]);
  expect(await awaits()).toBe(false);
});

test("a server without a code cannot be set up from outside", async () => {
  const payload = { code: setUp.code, name: "first", password: PASSWORD };
  const reply = await local.api.inject({
    method: "POST",
    url: "/api/v1/session/set-up",
    headers: { host: "127.0.0.1" },
    payload,
  });

  expect(reply.json().error.code).toBe("set_up_refused");
});

test("where no sign-in is demanded, whoever is at this machine is told so", async () => {
  const { who, isSignInRequired } = (
    await local.api.inject({ url: "/api/v1/session", headers: { host: "127.0.0.1" } })
  ).json();

  expect([isSignInRequired, who.role, who.isPerson]).toEqual([false, "admin", false]);
});
