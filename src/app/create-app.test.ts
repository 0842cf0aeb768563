import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { silentLogger } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { startDemoSite } from "#surfaces/demo";
import { createApp, type App } from "./create-app.ts";

const folders: string[] = [];
let app: App | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function config(environment: Record<string, string> = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), "gleaner-app-"));
  folders.push(folder);
  return loadConfig({ folder, environment: { API_PORT: "0", SHUTDOWN_GRACE_MS: "1000", ...environment } });
}

test("all roles in one process serve health, documentation and metrics", { timeout: 30_000 }, async () => {
  app = await createApp({ config: config(), logger: silentLogger });
  const health = await fetch(`${app.url}/health`);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();

  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: "healthy" });
  expect((await fetch(`${app.url}/docs/`)).status).toBe(200);
  expect(metrics).toContain("scrape_jobs_total");
});

test(
  "a port that is taken is refused with the way out, and everything is closed again",
  { timeout: 30_000 },
  async () => {
    const other = await startDemoSite();
    const settings = config({ API_PORT: new URL(other.url).port });
    await expect(createApp({ config: settings, logger: silentLogger })).rejects.toMatchObject({
      code: "address_taken",
      message: expect.stringContaining("--port"),
    });
    await other.close();

    app = await createApp({ config: settings, logger: silentLogger });
    expect(app.url).toContain(String(settings.server.port));
  },
);

test("the embedded database refuses a process that leaves roles to nobody", async () => {
  const settings = config({ GLEANER_ROLES: "api" });

  await expect(createApp({ config: settings, logger: silentLogger })).rejects.toMatchObject({
    code: "roles_need_postgres",
    message: expect.stringContaining("scheduler, worker"),
  });
});
