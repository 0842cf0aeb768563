import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startSite, type SiteHandler } from "../sites/local-site.ts";
import { ACCOUNT, SESSION_MARK, signedInList } from "../sites/signed-in-lists.ts";
import { serveApp, type ServedApp } from "./served-app.ts";

const LIMIT = { timeout: 400_000 };
/** Longer than a try to log in may last: only then is its worker known to be gone. */
const WAIT = { timeout: 300_000, interval: 500 };

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/** A portal whose answer to the log-in does not come before `letGo`. */
async function heldPortal(password: string) {
  const site = signedInList({ count: 25, size: 10, echoes: true });
  const held = { isHeld: true, sent: 0 };
  const handle: SiteHandler = (request) => {
    const answer = site.handle(request);
    if (request.method !== "POST") return answer;
    held.sent += 1;
    return answer && { ...answer, delayMs: held.isHeld ? 600_000 : 0 };
  };
  const served = await startSite(handle);
  const folder = await mkdtemp(join(tmpdir(), "gleaner-kill-log-in-"));
  undo.push(() => served.close(), () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const settings = { DELAY_BETWEEN_ACTIONS: "0", SHUTDOWN_GRACE_MS: "500", GLEANER_DATA_DIR: folder, EGRESS_ALLOW_HOSTS: served.host };
  const logged: string[] = [];
  const start = async (): Promise<ServedApp> => {
    const app = await serveApp(settings, { onLog: (line) => logged.push(line) });
    undo.push(() => app.end("SIGKILL"));
    return app;
  };
  const submit = (app: ServedApp) =>
    app.post("/scrape", {
      jobId: "killed",
      url: `${served.url}/tenders`,
      portalId: "killed",
      configuration: { requiresAuth: true, authCredentials: { username: ACCOUNT.username, password } },
    });
  return { site, held, folder, logged, start, submit };
} // prettier-ignore

async function finalsOf(app: ServedApp): Promise<string[]> {
  const kinds = await vi.waitFor(async () => {
    const events = await app.get("/api/v1/jobs/killed/events?limit=200");
    const finals = events.body.items
      .map(({ kind }: { kind: string }) => kind)
      .filter((kind: string) => /completed|incomplete|failed|cancelled/.test(kind));
    expect(finals).not.toEqual([]);
    return finals;
  }, WAIT);
  return kinds;
}

/** Every file of the data folder, as it lies there. */
async function bytesIn(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = files.filter((file) => file.isFile()).map(({ parentPath, name }) => readFile(join(parentPath, name)));
  return Buffer.concat(await Promise.all(read));
}

test("kill -9 in the middle of a log-in with a wrong password: no second try, one end, nothing of it on disk", LIMIT, async () => {
  const { site, held, folder, logged, start, submit } = await heldPortal("wrong-horse-battery");
  const first = await start();
  expect((await submit(first)).status).toBe(202);
  await vi.waitFor(() => expect(held.sent).toBe(1), WAIT);
  await first.end("SIGKILL");
  held.isHeld = false;
  const next = await start();
  const finals = await finalsOf(next);
  const shown = await next.get("/api/v1/portals/killed");
  const status = await next.get("/status/killed");
  await next.end("SIGTERM");
  const [bytes, said] = [await bytesIn(folder), logged.join("\n")];

  expect(finals).toEqual(["job.failed"]);
  expect(status.body.error).toMatchObject({ code: "login_failed", type: "auth_required" });
  expect(shown.body.paused).toMatchObject({ by: "gleaner" });
  expect(site.tries()).toBe(1);
  expect(bytes.length).toBeGreaterThan(1_000_000);
  expect(said).toContain("login.failed");
  for (const secret of ["wrong-horse-battery", ACCOUNT.username]) {
    expect(bytes.includes(secret), secret).toBe(false);
    expect(said).not.toContain(secret);
  }
}); // prettier-ignore

test("kill -9 after a log-in went well: the run goes on, and neither logs nor files have password or session", LIMIT, async () => {
  const { site, held, folder, logged, start, submit } = await heldPortal(ACCOUNT.password);
  held.isHeld = false;
  const first = await start();
  await submit(first);
  await vi.waitFor(async () => expect((await first.get("/api/v1/portals/killed/login")).body.status).toBe("accepted"), WAIT);
  await first.end("SIGKILL");
  const next = await start();
  const finals = await finalsOf(next);
  await next.end("SIGTERM");
  const [bytes, said] = [await bytesIn(folder), logged.join("\n")];

  expect(finals).toEqual(["job.completed"]);
  expect(site.tries()).toBe(1);
  for (const secret of [ACCOUNT.password, ACCOUNT.username, SESSION_MARK]) {
    expect(bytes.includes(secret), secret).toBe(false);
    expect(said).not.toContain(secret);
  }
}); // prettier-ignore
