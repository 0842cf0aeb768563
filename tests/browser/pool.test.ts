import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { BrowserPool, type BrowserPoolOptions } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { browserProcessesBelow, isAlive, serveSite, type LocalSite } from "./local-site.ts";

const pools: BrowserPool[] = [];
const sites: LocalSite[] = [];

afterEach(async () => {
  await Promise.all([...pools.splice(0).map((pool) => pool.close()), ...sites.splice(0).map((site) => site.close())]);
  expect(browserProcessesBelow(process.pid)).toEqual([]);
});

async function setUp(options: Partial<BrowserPoolOptions> = {}): Promise<{ pool: BrowserPool; site: LocalSite }> {
  const site = await serveSite({ "*": "<!doctype html><title>page</title><p>hello" });
  const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host] }), maxBrowsers: 1, ...options });
  sites.push(site);
  pools.push(pool);
  return { pool, site };
}

const eventually = async (isSo: () => boolean, timeoutMs = 10_000): Promise<void> => {
  await expect.poll(isSo, { timeout: timeoutMs, interval: 50 }).toBe(true);
};

describe("the browser pool", () => {
  it("replaces a browser that was killed, and tells its session that it crashed", async () => {
    const { pool, site } = await setUp();
    const session = await pool.openSession();
    await session.goto(site.base);
    const [pid = 0] = browserProcessesBelow(process.pid).sort((a, b) => a - b);
    process.kill(pid, "SIGKILL");
    await expect(session.goto(site.base)).rejects.toMatchObject({
      code: "browser_crashed",
      kind: "unavailable",
      retryable: true,
    });
    await expect(session.snapshot()).rejects.toMatchObject({ code: "browser_crashed" });
    await session.close();
    const next = await pool.openSession();
    expect(await next.goto(site.base)).toMatchObject({ status: 200 });
    await next.close();
  });

  it("lets a job wait for a free browser, until its deadline or its own end", async () => {
    const { pool, site } = await setUp();
    const first = await pool.openSession();
    expect(pool.status()).toEqual({ active: 1, available: 0, total: 1, isBroken: false });
    await expect(pool.openSession({ timeoutMs: 50 })).rejects.toMatchObject({
      code: "browsers_busy",
      kind: "unavailable",
    });
    const stop = new AbortController();
    const cancelled = pool.openSession({ signal: stop.signal });
    stop.abort(new Error("cancelled"));
    await expect(cancelled).rejects.toThrow("cancelled");
    const waiting = pool.openSession();
    await first.close();
    const second = await waiting;
    expect(await second.goto(site.base)).toMatchObject({ status: 200 });
    await second.close();
    expect(pool.status()).toEqual({ active: 0, available: 1, total: 1, isBroken: false });
  });

  it("opens a session beside another in its browser, without waiting and without its cookies", async () => {
    const { pool } = await setUp();
    const site = await serveSite({
      "*": (request, response) => {
        response.writeHead(200, { "content-type": "text/html", "set-cookie": "sid=1" });
        response.end(`<p>cookies: ${request.headers.cookie ?? "none"}`);
      },
    });
    sites.push(site);
    const first = await pool.openSession({ allowHosts: [site.host] });
    await first.goto(site.base);
    const second = await pool.openSession({ allowHosts: [site.host], beside: first, timeoutMs: 10_000 });
    await second.goto(site.base);

    expect((await second.snapshot()).html).toContain("cookies: none");
    expect(pool.status()).toEqual({ active: 1, available: 0, total: 1, isBroken: false });
    await second.close();
    await first.close();
    expect(pool.status()).toEqual({ active: 0, available: 1, total: 1, isBroken: false });
  });

  it("draws the page of a session, and no page of the browser's own beside it", async () => {
    const { pool, site } = await setUp();
    const session = await pool.openSession();
    await session.goto(site.base);

    const commands = browserProcessesBelow(process.pid).map((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8"));
    expect(commands.some((command) => command.includes("--type=renderer"))).toBe(true);
    expect(commands.filter((command) => command.includes("-webui"))).toEqual([]);
    await session.close();
  });

  it("replaces a browser after its pages", async () => {
    const { pool, site } = await setUp({ maxPagesPerBrowser: 2 });
    const pids: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      const session = await pool.openSession();
      pids.push(Math.min(...browserProcessesBelow(process.pid)));
      await session.goto(`${site.base}/1`);
      await session.goto(`${site.base}/2`);
      await session.close();
    }
    expect(pids[0]).not.toBe(pids[1]);
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  it("replaces a browser that has grown, and closes one that nobody uses", async () => {
    const { pool, site } = await setUp({ maxBrowserBytes: 1, idleMs: 30 });
    const session = await pool.openSession();
    for (let page = 0; page < 50; page += 1) await session.goto(`${site.base}/${page}`);
    await session.close();
    expect(browserProcessesBelow(process.pid)).toEqual([]);
    const idle = await pool.openSession();
    await idle.close();
    await eventually(() => browserProcessesBelow(process.pid).length === 0);
  });

  it("keeps cookies of one session from the next", async () => {
    const { pool } = await setUp();
    const site = await serveSite({
      "*": (request, response) => {
        response.writeHead(200, { "content-type": "text/html", "set-cookie": "sid=1" });
        response.end(`<p>cookies: ${request.headers.cookie ?? "none"}`);
      },
    });
    sites.push(site);
    const first = await pool.openSession({ allowHosts: [site.host] });
    await first.goto(site.base);
    await first.goto(site.base);
    expect((await first.snapshot()).html).toContain("cookies: sid=1");
    const state = await first.storageState();
    await first.close();
    const second = await pool.openSession({ allowHosts: [site.host] });
    await second.goto(site.base);
    expect((await second.snapshot()).html).toContain("cookies: none");
    await second.close();
    const third = await pool.openSession({ allowHosts: [site.host], storageState: state });
    await third.goto(site.base);
    expect((await third.snapshot()).html).toContain("cookies: sid=1");
    await third.close();
  });

  it("ends calls under way when a session or the pool is closed", async () => {
    const { pool } = await setUp();
    const site = await serveSite({ "*": () => undefined });
    sites.push(site);
    const session = await pool.openSession({ allowHosts: [site.host] });
    const going = session.goto(site.base);
    going.catch(() => undefined);
    await eventually(() => site.asked.length > 0);
    await session.close();
    await expect(going).rejects.toMatchObject({ code: "browser_session_closed" });
    await pool.close();
    await expect(pool.openSession()).rejects.toMatchObject({ code: "browser_session_closed" });
  });

  it("says what to do when the configured browser is not there", async () => {
    const { pool } = await setUp({ launch: { executablePath: "/nowhere/chromium" } });
    await expect(pool.openSession()).rejects.toMatchObject({
      code: "browser_not_started",
      message: expect.stringContaining("BROWSER_EXECUTABLE_PATH"),
    });
    await expect(pool.openSession()).rejects.toMatchObject({ code: "browser_not_started" });
    expect(pool.status()).toEqual({ active: 0, available: 1, total: 1, isBroken: true });
  });

  it("joins a running browser by its address, guarded like its own", async () => {
    const { resolveChromium } = await import("#engines/browser");
    const { executablePath } = await resolveChromium();
    const site = await serveSite({ "*": "<p>hello" });
    sites.push(site);
    const flags = [
      "--headless",
      "--no-sandbox",
      "--remote-debugging-port=0",
      "--user-data-dir=" + (await temporaryFolder()),
    ];
    const running = spawn(executablePath, flags, { stdio: ["ignore", "ignore", "pipe"] });
    try {
      const cdpUrl = await debuggingUrl(running.stderr);
      const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1, launch: { cdpUrl } });
      const session = await pool.openSession({ allowHosts: [site.host] });
      expect(await session.goto(site.base)).toMatchObject({ status: 200 });
      await session.close();
      const fenced = await pool.openSession();
      await expect(fenced.goto(site.base)).rejects.toMatchObject({ code: "address_refused" });
      await pool.close();
      expect(running.exitCode).toBeNull();
    } finally {
      running.kill("SIGKILL");
      await once(running, "exit");
      await eventually(() => browserProcessesBelow(process.pid).length === 0);
    }
  });

  it("leaves no browser behind when the program is killed", async () => {
    const program = `
      import { BrowserPool } from "#engines/browser";
      import { AddressGuard } from "#platform/egress";
      const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
      await pool.openSession();
      process.stdout.write("ready");
      setInterval(() => undefined, 1000);
    `;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const browsers = browserProcessesBelow(child.pid ?? 0);
    expect(browsers.length).toBeGreaterThan(1);
    child.kill("SIGKILL");
    await eventually(() => !browsers.some(isAlive));
  });
});

async function temporaryFolder(): Promise<string> {
  const { mkdtemp } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  return await mkdtemp(`${tmpdir()}/gleaner-browser-`);
}

async function debuggingUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += String(chunk);
    const [, url] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`The browser did not say where it listens: ${text}`);
}
