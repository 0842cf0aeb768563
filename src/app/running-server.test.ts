import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLogger } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { createApp, type App } from "./create-app.ts";
import { openStore } from "./open-store.ts";
import { hereOrAtServer } from "./running-server.ts";

let folder: string;
let config: Config;
let app: App | null = null;
beforeEach(async () => {
  folder = await makeDataFolder("running");
  config = configWith({});
});
afterEach(async () => {
  await app?.close();
  app = null;
  rmSync(folder, { recursive: true, force: true });
});

function configWith(environment: Record<string, string>): Config {
  return loadConfig({ folder, environment: { GLEANER_DATA_DIR: folder, API_PORT: "0", ...environment } });
}

async function keysHere(): Promise<string> {
  const store = await openStore({ config });
  await store.close();
  return "here";
}

test("what holds the database is asked; when it has ended, the work is done here", { timeout: 60_000 }, async () => {
  app = await createApp({ config, logger: silentLogger });
  const made = await hereOrAtServer(config, keysHere, (api) =>
    api.ask("POST", "/api/v1/keys", { name: "nightly", role: "viewer" }),
  );
  expect(made).toMatchObject({ name: "nightly", key: expect.stringMatching(/^glk_/) });

  await expect(
    hereOrAtServer(config, keysHere, (api) => api.ask("DELETE", "/api/v1/keys/nobody")),
  ).rejects.toMatchObject({ code: "server_refused" });

  await app.close();
  app = null;
  expect(await hereOrAtServer(config, keysHere, async () => "there")).toBe("here");
});

test(
  "where a sign-in is demanded, the first key and account are made by whoever can read the data folder",
  { timeout: 60_000 },
  async () => {
    const guarded = configWith({ AUTH_ENABLED: "true" });
    app = await createApp({ config: guarded, logger: silentLogger });
    const note = join(guarded.dataFolder, "server.json");
    const create = (what: "keys" | "users") =>
      hereOrAtServer(guarded, keysHere, (api) => api.ask("POST", `/api/v1/${what}`, { name: "first", role: "admin" }));

    expect(app.needsFirstUser).toBe(true);
    expect((await fetch(`${app.url}/api/v1/keys`)).status).toBe(401);
    expect(statSync(note).mode & 0o777).toBe(0o600);
    for (const what of ["keys", "users"] as const)
      expect(await create(what)).toMatchObject({ name: "first", role: "admin", createdBy: "command line" });

    await app.close();
    expect(existsSync(note)).toBe(false);
    app = await createApp({ config: guarded, logger: silentLogger });
    expect(app.needsFirstUser).toBe(false);
  },
);
