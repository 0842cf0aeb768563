import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { startModelServer } from "#engines/llm/testing";
import { freshOnServer, makeDataFolder } from "#platform/storage/testing";
import { startListSite } from "../api/list-site.ts";
import { listBehindSearch } from "../sites/hidden-lists.ts";
import { startSite } from "../sites/local-site.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { startCutConnection } from "./cut-connection.ts";
import { sensibly } from "./model-app.ts";
import { browsersOf, descendantsOf, stillThere } from "./process-tree.ts";
import { serveApp, type ServedApp, type ServeOptions } from "./served-app.ts";

/** With a real PostgreSQL the API and its workers are processes of their own; else one process has all roles. */
const serverUrl = process.env["GLEANER_TEST_DATABASE_URL"];
const LIMIT = 240_000;
const WAIT = { timeout: 100_000, interval: 200 };

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function use<T>(thing: T, close: (thing: T) => Promise<unknown>): Promise<T> {
  undo.push(() => close(thing));
  return thing;
}

/** A data folder, and a database where there is a server: what several starts of one program have in common. */
async function place() {
  const folder = await use(await makeDataFolder("kill"), (path) =>
    rm(path, { recursive: true, force: true, maxRetries: 5 }),
  );
  const fresh = serverUrl ? await freshOnServer(serverUrl) : null;
  if (fresh) undo.push(() => fresh.opened.close().then(() => fresh.drop()));
  const common = { DELAY_BETWEEN_ACTIONS: "0", RATE_LIMIT_ENABLED: "false", SHUTDOWN_GRACE_MS: "500" };
  const database: Record<string, string> = fresh ? { DATABASE_URL: fresh.url } : {};
  return { ...common, ...database, GLEANER_DATA_DIR: folder };
}

const serve = async (settings: Record<string, string>, options?: ServeOptions): Promise<ServedApp> =>
  use(await serveApp(settings, options), (app) => app.end("SIGKILL"));

/** Who answers requests, and who works: one process, or two. */
async function serveApart(settings: Record<string, string>): Promise<{ api: ServedApp; worker: ServedApp }> {
  if (!serverUrl) {
    const app = await serve(settings);
    return { api: app, worker: app };
  }
  const api = await serve({ ...settings, GLEANER_ROLES: "api,scheduler" });
  return { api, worker: await serve({ ...settings, GLEANER_ROLES: "api,worker" }) };
}

test(
  "kill -9 of a worker that explores with a model leaves no browser, and its job goes on and ends once",
  { timeout: LIMIT },
  async () => {
    const site = await use(await startSite(listBehindSearch({ count: 23, size: 10 })), (each) => each.close());
    const model = await use(await startModelServer(), (each) => each.close());
    model.script({ kind: "silence" });
    const llm = { LLM_PROVIDER: "openai-compatible", LLM_BASE_URL: model.url, LLM_MODEL: "scripted" };
    const settings = { ...(await place()), ...llm, EGRESS_ALLOW_HOSTS: site.host };
    const { api, worker } = await serveApart(settings);
    await submit(api, "explored", `${site.url}/`);
    await vi.waitFor(() => expect(model.seen.length).toBe(1), WAIT);
    const processes = await descendantsOf(worker.pid);
    const browsers = await browsersOf(worker.pid);
    await worker.end("SIGKILL");

    expect(browsers).toHaveLength(1);
    await vi.waitFor(async () => expect(await stillThere(processes)).toEqual([]), WAIT);
    model.answerWith(sensibly);
    const next = await serve(serverUrl ? { ...settings, GLEANER_ROLES: "api,worker" } : settings);
    const ended = await endOf(next, "explored");
    expect(ended).toMatchObject({ status: "completed", finals: ["job.completed"], found: 23 });
    expect(await browsersInUse(next)).toBe(0);
  },
);

test(
  "kill -9 of the whole program loses no page that was committed, and the job ends once",
  { timeout: LIMIT },
  async () => {
    const site = await use(await startListSite(), (each) => each.close());
    site.holdAt = 3;
    const settings = { ...(await place()), EGRESS_ALLOW_HOSTS: site.host };
    const { api, worker } = await serveApart(settings);
    await submit(api, "walked", site.url);
    await vi.waitFor(() => expect(site.asked).toContain("/list?page=3"), WAIT);
    // What stands in the progress was committed before.
    const progress = async () => (await api.get("/status/walked")).body.progress;
    await vi.waitFor(async () => expect((await progress()).currentPage).toBeGreaterThan(0), WAIT);
    await Promise.all([api.end("SIGKILL"), worker.end("SIGKILL")]);
    const before = site.asked.length;
    site.open();
    const next = await serve(settings);

    expect(await endOf(next, "walked")).toMatchObject({ status: "completed", finals: ["job.completed"], found: 24 });
    expect(site.asked.slice(before)).not.toContain("/list");
  },
);

test(
  "a program that is stopped in the midst of a job goes on with its run after the next start, not anew",
  { timeout: LIMIT },
  async () => {
    const site = await use(await startListSite(), (each) => each.close());
    site.holdAt = 3;
    const settings = { ...(await place()), EGRESS_ALLOW_HOSTS: site.host };
    const first = await serve(settings);
    await submit(first, "stopped", site.url);
    await vi.waitFor(() => expect(site.asked).toContain("/list?page=3"), WAIT);
    const code = await first.end("SIGTERM");
    const before = site.asked.length;
    site.open();
    const next = await serve(settings);

    expect(code).toBe(0);
    expect(await endOf(next, "stopped")).toMatchObject({ status: "completed", finals: ["job.completed"], found: 24 });
    expect(site.asked.slice(before)).toEqual(["/list?page=3"]);
  },
);

test(
  "a disk that is full during a job ends it once, by name, and the program goes on",
  { timeout: LIMIT },
  async () => {
    const list = numberedTable({ count: 400, size: 20 });
    const site = await use(
      await startSite((request) => {
        const answer = list(request);
        // What cannot be compressed fills a disk.
        return answer && { ...answer, body: `${answer.body}<!-- ${randomBytes(2_000_000).toString("base64")} -->` };
      }),
      (each) => each.close(),
    );
    const small = await use(await startListSite(), (each) => each.close());
    const settings = { ...(await place()), EGRESS_ALLOW_HOSTS: `${site.host},${small.host}` };
    // A limit on the length of files stands for a full disk: the system call fails in the same way. The database's own are shorter.
    const app = await serve(settings, { longestFileKb: 20_000 });
    await submit(app, "too-big", `${site.url}/tenders`);
    const ended = await endOf(app, "too-big");

    expect(ended).toMatchObject({
      status: "failed",
      finals: ["job.failed"],
      error: { code: expect.stringMatching(/^(storage|disk)_full$/) },
    });
    expect((await app.get("/healthz")).status).toBe(200);
    await submit(app, "small", small.url);
    expect((await endOf(app, "small")).finals).toHaveLength(1);
  },
);

test.runIf(serverUrl)(
  "a job whose worker lost the database goes on when it is back, and ends once",
  { timeout: LIMIT },
  async () => {
    const site = await use(await startListSite(), (each) => each.close());
    site.holdAt = 2;
    const settings = { ...(await place()), EGRESS_ALLOW_HOSTS: site.host };
    const address = new URL(Object(settings)["DATABASE_URL"] ?? "");
    const between = await use(
      await startCutConnection({ host: address.hostname, port: Number(address.port) }),
      (each) => each.close(),
    );
    const api = await serve({ ...settings, GLEANER_ROLES: "api,scheduler" });
    address.port = String(between.port);
    const worker = await serve({ ...settings, GLEANER_ROLES: "api,worker", DATABASE_URL: address.href });
    await submit(api, "cut-off", site.url);
    await vi.waitFor(() => expect(site.asked).toContain("/list?page=2"), WAIT);
    between.cut();
    site.open();
    await vi.waitFor(async () => expect((await worker.get("/health")).status).toBe(503), WAIT);
    between.restore();

    expect(await endOf(api, "cut-off")).toMatchObject({ status: "completed", finals: ["job.completed"], found: 24 });
    await vi.waitFor(async () => expect((await worker.get("/health")).status).toBe(200), WAIT);
  },
);

async function submit(app: ServedApp, jobId: string, url: string): Promise<void> {
  const reply = await app.post("/scrape", { jobId, url, portalId: jobId, configuration: {} });
  expect(reply.status, JSON.stringify(reply.body)).toBe(202);
}

async function endOf(app: ServedApp, jobId: string) {
  const { body } = await vi.waitFor(async () => {
    const reply = await app.get(`/status/${jobId}`);
    expect(["completed", "failed"]).toContain(reply.body.status);
    return reply;
  }, WAIT);
  const events = await app.get(`/api/v1/jobs/${jobId}/events?limit=200`);
  const kinds: string[] = events.body.items.map(({ kind }: { kind: string }) => kind);
  const finals = kinds.filter((kind) => /completed|incomplete|failed|cancelled/.test(kind));
  return { status: body.status, error: body.error, found: body.progress.opportunitiesFound, finals };
}

async function browsersInUse(app: ServedApp): Promise<number> {
  return (await app.get("/health")).body.activeBrowsers;
}
