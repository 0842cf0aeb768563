import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { makeDataFolder } from "#platform/storage/testing";
import { startListSite } from "../api/list-site.ts";
import { startSite } from "../sites/local-site.ts";
import { serveApp } from "./served-app.ts";

const MAIN = resolve("src/surfaces/cli/main.ts");
const WAIT = { timeout: 100_000, interval: 200 };
const folder = await makeDataFolder("letters");
let isThere = false;
const heard: string[] = [];
const site = await startListSite();
const receiver = await startSite(({ method, headers }) => {
  if (method === "POST" && isThere) heard.push(String(headers["x-gleaner-delivery"]));
  return { status: isThere ? 200 : 410 };
});
afterAll(async () => {
  await Promise.all([site.close(), receiver.close()]);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
const settings = {
  DELAY_BETWEEN_ACTIONS: "0",
  SHUTDOWN_GRACE_MS: "500",
  GLEANER_DATA_DIR: folder,
  EGRESS_ALLOW_HOSTS: `${site.host},${receiver.host}`,
};

async function letters(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"] ?? "", ...settings };
  const child = spawn(process.execPath, [MAIN, "dead-letters", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: WAIT.timeout,
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (said.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (said.stderr += String(chunk)));
  return { code: await new Promise((done) => child.on("close", done)), ...said };
}

const listed = async () => JSON.parse((await letters("list", "--json")).stdout).deadLetters;

test(
  "callbacks that a receiver refuses for good are listed, dropped and sent again, with a server and without",
  { timeout: 240_000 },
  async () => {
    const first = await serveApp(settings);
    await first.post("/scrape", {
      jobId: "one",
      url: site.url,
      portalId: "one",
      configuration: {},
      callbackUrl: `${receiver.url}/api/scraping/callback`,
    });
    await vi.waitFor(async () => expect((await first.get("/status/one")).body.status).toBe("completed"), WAIT);
    const atServer = await vi.waitFor(async () => {
      const { items } = (await first.get("/api/v1/dead-letters")).body;
      expect(items.some(({ url }: { url: string }) => url.endsWith("/callback"))).toBe(true);
      return items;
    }, WAIT);
    const seen = await listed();
    const dropped = await letters("drop", seen.at(-1).id);
    await first.end("SIGTERM");
    const left = await listed();
    const result = left.find(({ url }: { url: string }) => url.endsWith("/callback"));
    const retried = await letters("retry", result.id, "--json");
    const again = await letters("retry", result.id);
    const unknown = await letters("drop", "no-such-letter");
    const help = await letters("retry", "--help");
    isThere = true;
    const second = await serveApp(settings);
    await vi.waitFor(() => expect(heard).toEqual([result.id]), WAIT);
    const health = await second.get("/health");
    await second.end("SIGTERM");

    expect(seen.map(({ id }: { id: string }) => id)).toEqual(atServer.map(({ id }: { id: string }) => id));
    expect(seen[0]).toMatchObject({ lastStatus: 410, attempts: 1, about: expect.stringContaining("one") });
    expect(dropped).toMatchObject({ code: 0, stdout: expect.stringContaining("is dropped") });
    expect(left).toHaveLength(seen.length - 1);
    expect(retried.code).toBe(0);
    expect(JSON.parse(retried.stdout)).toEqual({ retried: [result.id] });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("delivery_not_dead") });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("delivery_not_found") });
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining("Examples:") });
    expect(health.body.checks.convex.lastCallAt).toEqual(expect.any(String));
  },
);
