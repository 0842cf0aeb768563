import { rmSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { silentLogger } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { startDemoSite } from "#surfaces/demo";
import { createApp, type App } from "./create-app.ts";

const folders: string[] = [];
let app: App | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function config(environment: Record<string, string> = {}): Promise<Config> {
  const folder = await makeDataFolder("app");
  folders.push(folder);
  const settings = { GLEANER_DATA_DIR: folder, API_PORT: "0", SHUTDOWN_GRACE_MS: "1000", ...environment };
  return loadConfig({ folder, environment: settings });
}

test("all roles in one process serve health, documentation and metrics", { timeout: 120_000 }, async () => {
  app = await createApp({ config: await config(), logger: silentLogger });
  const health = await fetch(`${app.url}/health`);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();

  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: "healthy" });
  expect((await fetch(`${app.url}/docs/`)).status).toBe(200);
  expect(metrics).toContain("scrape_jobs_total");
});

test(
  "a port that is taken is refused with the way out, and everything is closed again",
  { timeout: 120_000 },
  async () => {
    const other = await startDemoSite();
    const settings = await config({ API_PORT: new URL(other.url).port });
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
  const settings = await config({ GLEANER_ROLES: "api" });

  await expect(createApp({ config: settings, logger: silentLogger })).rejects.toMatchObject({
    code: "roles_need_postgres",
    message: expect.stringContaining("scheduler, worker"),
  });
});
