import { rm } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { freshOnServer, makeDataFolder } from "#platform/storage/testing";
import { startDemoSite } from "#surfaces/demo";
import { startCutConnection } from "./cut-connection.ts";
import { runCommand } from "./run-command.ts";

const serverUrl = process.env["GLEANER_TEST_DATABASE_URL"];

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of undo.splice(0).reverse()) await each();
});

test.runIf(serverUrl)(
  "a harvest that loses its database says how to go on, and goes on",
  { timeout: 60_000 },
  async () => {
    const town = await startDemoSite();
    undo.push(() => town.close());
    const { url, opened, drop } = await freshOnServer(String(serverUrl));
    undo.push(drop);
    await opened.close();
    const folder = await makeDataFolder("lost");
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const own = new URL(url);
    const line = await startCutConnection({ host: own.hostname, port: Number(own.port) });
    undo.push(() => line.close());
    own.port = String(line.port);
    own.hostname = "127.0.0.1";
    vi.stubEnv("DATABASE_URL", own.href);
    vi.stubEnv("GLEANER_DATA_DIR", folder);
    vi.stubEnv("DELAY_BETWEEN_ACTIONS", "200");

    const cut = await runCommand(["harvest", town.listUrl, "--allow-host", town.host, "--json"], (told) => {
      if (told.includes("page 1:")) line.cut();
    });
    const run = /Go on with: gleaner harvest --resume (\S+)/.exec(cut.stderr)?.[1] ?? "";
    line.restore();
    const resumed = await runCommand(["harvest", "--resume", run, "--json"]);

    expect([cut.code, JSON.parse(cut.stdout).error.code]).toEqual([5, "database_lost"]);
    expect(cut.stderr).not.toMatch(/\n {4}at /);
    expect([resumed.code, JSON.parse(resumed.stdout)]).toMatchObject([
      0,
      { run, recordCount: 27, completeness: "complete" },
    ]);
  },
);
