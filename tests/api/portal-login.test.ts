import { sql } from "kysely";
import { afterAll, expect, test, vi } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { ACCOUNT, CODE_SECRET, SESSION_MARK, signedInList, type SignedInOptions } from "../sites/signed-in-lists.ts";
import { openTestApi } from "./open-test-api.ts";

const sites = await Promise.all(
  Array.from({ length: 9 }, async () => {
    const own: { handle: ReturnType<typeof signedInList> } = { handle: signedInList({ count: 1, size: 1 }) };
    const served = await startSite((request) => own.handle.handle(request));
    return { own, served };
  }),
);
const { api, as, artifacts, database, attention } = await openTestApi({
  allowHosts: sites.map(({ served }) => served.host),
  work: true,
});
const headers = as("operator");
afterAll(() => Promise.all(sites.map(({ served }) => served.close())));
const DEADLINE = { timeout: 90_000 };
let used = 0;

function portal(options: Partial<SignedInOptions> = {}) {
  const { own, served } = sites[used++] ?? sites[0]!;
  const site = signedInList({ count: 25, size: 10, ...options });
  own.handle = site;
  return { site, url: `${served.url}/tenders`, origin: served.url, id: `portal-${used}` };
}

const post = (url: string, payload?: object) =>
  api.inject({ method: "POST", url, headers, ...(payload ? { payload } : {}) });
const scrape = (jobId: string, { id, url }: { id: string; url: string }, configuration: object) =>
  post("/scrape", { jobId, url, portalId: id, configuration });

async function ended(jobId: string) {
  return await vi.waitFor(
    async () => {
      const status = (await api.inject({ url: `/status/${jobId}`, headers })).json();
      if (!["completed", "failed"].includes(status.status) && status.agentStatus !== "needs_person")
        throw new Error(status.status);
      return status;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Everything in the database, as text. */
async function everything(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(database.db);
  const dumps = await Promise.all(
    rows.map(async ({ name }) => {
      const dump = await sql`select to_jsonb(t) as row from ${sql.table(name)} t`
        .execute(database.db)
        .catch(() => ({ rows: [] }));
      return JSON.stringify(dump.rows);
    }),
  );
  return dumps.join("\n");
}

test("a job with credentials signs in and brings its list home", DEADLINE, async () => {
  const at = portal({ token: true });

  await scrape("right", at, {
    requiresAuth: true,
    authCredentials: { username: ACCOUNT.username, password: ACCOUNT.password },
  });
  const status = await ended("right");

  expect(status).toMatchObject({ status: "completed", progress: { opportunitiesFound: 25 } });
  expect(at.site.tries()).toBe(1);
});

test("the next job of the portal comes with the kept session", DEADLINE, async () => {
  const at = { id: "portal-1", url: `${sites[0]?.served.url}/tenders` };

  await scrape("again", at, {});
  expect(await ended("again")).toMatchObject({ status: "completed", progress: { opportunitiesFound: 25 } });
  expect(sites[0]?.own.handle.tries()).toBe(1);
});

test("a wrong password is tried once by however many jobs, and pauses the portal for a person", DEADLINE, async () => {
  const at = portal();
  const wrong = { requiresAuth: true, authCredentials: { username: ACCOUNT.username, password: "not the password" } };

  await scrape("wrong", at, wrong);
  const first = await ended("wrong");
  await scrape("wrong-2", at, wrong);
  const second = await ended("wrong-2");

  expect(first).toMatchObject({
    status: "failed",
    error: { type: "auth_required", code: "login_failed", recoverable: false },
  });
  expect(second).toMatchObject({ status: "failed", error: { code: "login_failed" } });
  expect(at.site.tries()).toBe(1);
  const shown = (await api.inject({ url: `/api/v1/portals/${at.id}`, headers })).json();
  expect(shown).toMatchObject({ status: "failed", paused: { by: "gleaner" } });
  const waiting = await attention.list({ limit: 50 });
  expect(waiting.filter(({ subject }) => subject === `portal:${at.id}`)).toMatchObject([{ kind: "portal.paused" }]);
});

test("a person who resumes the portal allows one more try, and no more", DEADLINE, async () => {
  const at = { id: "portal-2", url: `${sites[1]?.served.url}/tenders` };

  await post(`/api/v1/portals/${at.id}/resume`);
  await scrape("wrong-3", at, {});
  await ended("wrong-3");
  await scrape("wrong-4", at, {});
  await ended("wrong-4");

  expect(sites[1]?.own.handle.tries()).toBe(2);
});

test("an account that the portal locks waits for a person", DEADLINE, async () => {
  const at = portal({ locksAfter: 1 });

  await scrape("locked", at, { authCredentials: { username: ACCOUNT.username, password: "wrong" } });
  expect(await ended("locked")).toMatchObject({ agentStatus: "needs_person", wall: { kind: "login" } });
  expect(at.site.tries()).toBe(1);
});

test("one-time codes are made from a sealed secret, and none of them twice", DEADLINE, async () => {
  const at = portal({ codes: true, endsSessionAfter: 2 });
  await api.inject({ method: "POST", url: "/api/v1/portals", headers, payload: { id: at.id, url: at.url } });
  const payload = { ...ACCOUNT, totp: CODE_SECRET };
  await api.inject({ method: "PUT", url: `/api/v1/portals/${at.id}/login`, headers, payload });

  await post(`/api/v1/portals/${at.id}/run`).then(async (reply) => ended(reply.json().jobId));
  const { body } = await api.inject({ url: `/api/v1/portals/${at.id}`, headers });

  expect(JSON.parse(body)).toMatchObject({ status: "completed", lastCount: 25 });
  expect(at.site.codes).toHaveLength(2);
  expect(new Set(at.site.codes).size).toBe(2);
});

test("a log-in can be tried out, and says how it went", DEADLINE, async () => {
  const at = portal();
  await api.inject({ method: "POST", url: "/api/v1/portals", headers, payload: { id: at.id, url: at.url } });
  const login = `/api/v1/portals/${at.id}/login`;
  await api.inject({ method: "PUT", url: login, headers, payload: { ...ACCOUNT, password: "wrong" } });
  const refused = await post(`${login}/test`);
  const shown = await api.inject({ url: login, headers });
  await api.inject({ method: "PUT", url: login, headers, payload: ACCOUNT });
  const signedIn = await post(`${login}/test`);

  expect(refused.json()).toMatchObject({ outcome: "failed", code: "login_failed" });
  expect(shown.json()).toMatchObject({ status: "refused", refusal: "refused", usernameHint: "b…@example.org" });
  expect(signedIn.json()).toMatchObject({ outcome: "signed_in", records: 10 });
  expect(at.site.tries()).toBe(2);
});

test("a job that needs a log-in which nobody gave is refused", async () => {
  const at = portal();
  const reply = await scrape("none", at, { requiresAuth: true });

  expect(reply.statusCode).toBe(422);
  expect(reply.json().error).toMatchObject({ code: "credentials_missing" });
  expect((await scrape("half", at, { authCredentials: { username: "only" } })).json().error).toMatchObject({
    code: "credentials_incomplete",
  });
  expect((await scrape("other", at, { authMethod: "saml" })).json().error).toMatchObject({ code: "not_supported_yet" });
});

test(
  "credentials stay with the origin they were given for, whoever moves the portal or names its id",
  DEADLINE,
  async () => {
    const evil = signedInList({ count: 25, size: 10 });
    const { own, served } = sites[8] ?? sites[0]!;
    own.handle = evil;
    const moved = { id: "portal-1", url: `${served.url}/tenders` };

    const needed = await scrape("steal", moved, { requiresAuth: true });
    await scrape("steal-2", moved, {});
    const status = await ended("steal-2");
    await api.inject({ method: "PATCH", url: "/api/v1/portals/portal-1", headers, payload: { url: moved.url } });
    const tested = await post("/api/v1/portals/portal-1/login/test");

    expect(needed.json().error).toMatchObject({ code: "credentials_missing" });
    expect(status).toMatchObject({ agentStatus: "needs_person", wall: { kind: "login" } });
    expect(tested.json().error).toMatchObject({ code: "login_elsewhere" });
    expect(evil.tries()).toBe(0);
  },
);

test("a viewer sees that there is a log-in and nothing of it, and may not try it", async () => {
  const url = "/api/v1/portals/portal-5/login";
  const shown = await api.inject({ url, headers: as("viewer") });

  expect(shown.statusCode).toBe(200);
  expect(shown.body).not.toContain(ACCOUNT.username);
  expect((await api.inject({ method: "POST", url: `${url}/test`, headers: as("viewer") })).statusCode).toBe(403);
  expect((await api.inject({ method: "PUT", url, headers: as("viewer"), payload: ACCOUNT })).statusCode).toBe(403);
});

test("pages that repeat password and session are stored and served without them", DEADLINE, async () => {
  const at = portal({ echoes: true });
  await scrape("echoes", at, { authCredentials: { username: ACCOUNT.username, password: ACCOUNT.password } });
  const status = await ended("echoes");
  const { rows } = await sql<{ sha256: string }>`
    select p.artifact as sha256 from run_page p join harvest_run r on r.id = p.run_id
    where r.request ->> 'url' = ${at.url}`.execute(database.db);
  const pages = await Promise.all(
    rows.flatMap(({ sha256 }) => [
      artifacts.get(sha256).then((stored) => new TextDecoder().decode(stored?.bytes)),
      ...["html", "text"].map(async (view) => (await api.inject({ url: `/api/v1/artifacts/${sha256}?view=${view}`, headers })).body),
    ]),
  ); // prettier-ignore
  const exported = await api.inject({ url: "/api/v1/opportunities.ndjson", headers });

  expect(status).toMatchObject({ status: "completed", progress: { opportunitiesFound: 25 } });
  expect(rows).toHaveLength(3);
  for (const page of [...pages, JSON.stringify(status), exported.body]) {
    expect(page.length).toBeGreaterThan(100);
    expect(page).not.toContain("correct-horse");
    expect(page).not.toContain(SESSION_MARK);
  }
  expect(pages[0]).toContain("Your password is ****");
});

test("a change of the key that seals takes log-ins along, and the next job signs in with them", DEADLINE, async () => {
  const rotated = await api.inject({ method: "POST", url: "/api/v1/maintenance/rotate-seal", headers: as("admin"), payload: {} });
  sites[0]?.own.handle.endSessions();
  await scrape("after-rotation", { id: "portal-1", url: `${sites[0]?.served.url}/tenders` }, {});
  const { rows } = await sql<{ secrets: string }>`select secrets from portal_login`.execute(database.db);

  expect(rotated.json()).toMatchObject({ lost: 0 });
  expect(new Set(rows.map(({ secrets }) => secrets.split(".")[1]))).toEqual(new Set([rotated.json().keyId]));
  expect(await ended("after-rotation")).toMatchObject({ status: "completed", progress: { opportunitiesFound: 25 } });
  expect(sites[0]?.own.handle.tries()).toBe(2);
}); // prettier-ignore

test("neither the database nor any answer holds a password, a user name or a secret of codes", async () => {
  const paths = [
    "/api/v1/portals",
    "/api/v1/portals/portal-4",
    "/api/v1/portals/portal-4/login",
    "/api/v1/jobs",
    "/api/v1/audit",
    "/api/v1/runs",
  ];
  const answers = await Promise.all(paths.map((url) => api.inject({ url, headers: as("admin") })));
  const said = [await everything(), ...answers.map(({ body }) => body)].join("\n");

  expect(said).toContain('"secrets":"v1.');
  for (const secret of [
    SESSION_MARK,
    ACCOUNT.password,
    "not the password",
    ACCOUNT.username,
    "JBSWY3DPEHPK3PXPJBSWY3DP",
  ])
    expect(said.includes(secret)).toBe(false);
});

test("a log-in that is taken back is gone with its session", async () => {
  const url = "/api/v1/portals/portal-5/login";

  expect((await api.inject({ method: "DELETE", url, headers })).statusCode).toBe(204);
  expect((await api.inject({ url, headers })).json().error).toMatchObject({ code: "login_not_set" });
});
