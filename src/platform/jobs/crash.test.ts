import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noTelemetry, silentLogger } from "#kernel";
import { openDatabase, type DatabaseOptions, type OpenDatabase } from "#platform/storage";
import { freshOnServer, makeDataFolder } from "#platform/storage/testing";
import { Jobs } from "./jobs.ts";

const serverUrl = process.env["GLEANER_TEST_DATABASE_URL"];

/** A process that takes the job and is killed in the midst of it. */
async function dieAtWork(options: DatabaseOptions): Promise<void> {
  const script = `
    import { noTelemetry, silentLogger } from "#kernel";
    import { openDatabase } from "#platform/storage";
    import { Jobs } from "#platform/jobs";
    const database = await openDatabase(${JSON.stringify(options)});
    const jobs = new Jobs({ database, logger: silentLogger, telemetry: noTelemetry, heartbeatSeconds: 10 });
    jobs.define("risky", async ({ n }) => {
      console.log("working on", n);
      await new Promise(() => setInterval(() => undefined, 1000));
    });
    await jobs.start();
    await jobs.send("risky", { n: 7 });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function takeOver(database: OpenDatabase): Promise<number> {
  const jobs = new Jobs({
    database,
    logger: silentLogger,
    telemetry: noTelemetry,
    superviseSeconds: 1,
    pollSeconds: 0.5,
  });
  const done = Promise.withResolvers<number>();
  jobs.define<{ n: number }>("risky", async ({ n }) => done.resolve(n));
  await jobs.start();
  const n = await done.promise;
  await jobs.stop({ graceMs: 0 });
  return n;
}

test("a job whose process was killed runs again elsewhere", async () => {
  const folder = await makeDataFolder("jobs");
  const server = serverUrl ? await freshOnServer(serverUrl) : null;
  const options = server ? { url: server.url } : { folder: join(folder, "database") };
  await dieAtWork(options);

  const database = await openDatabase(options);

  expect(await takeOver(database)).toBe(7);
  await database.close();
  await server?.opened.close();
  await server?.drop();
  await rm(folder, { recursive: true });
}, 60_000);
