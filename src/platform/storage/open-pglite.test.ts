import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DatabaseInUse } from "./errors.ts";
import { lockFolder } from "./folder-lock.ts";
import { openDatabase } from "./open-database.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-pglite-"));
  folders.push(folder);
  return folder;
}

/** Another process that runs `script` and prints one line when it is where the test wants it. */
async function otherProcess(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

test("what was committed is there after the process was killed", async () => {
  const folder = await newFolder();
  const child = await otherProcess(`
    import { openDatabase } from "#platform/storage";
    const { executeSql } = await openDatabase({ folder: ${JSON.stringify(folder)} });
    await executeSql("create table kept (n int)");
    for (let n = 1; n <= 50; n += 1) await executeSql("insert into kept values ($1)", [n]);
    await executeSql("begin; insert into kept values (51)");
    console.log("written");
    setInterval(() => undefined, 1000);
  `);
  await kill(child);

  const database = await openDatabase({ folder });
  const { rows } = await database.executeSql("select count(*) as n, max(n) as last from kept");
  await database.close();

  expect(rows).toEqual([{ n: 50, last: 50 }]);
}, 60_000);

test("a folder that another process uses is refused with what to do", async () => {
  const folder = await newFolder();
  const child = await otherProcess(`
    import { openDatabase } from "#platform/storage";
    await openDatabase({ folder: ${JSON.stringify(folder)} });
    console.log("open");
    setInterval(() => undefined, 1000);
  `);

  const refusal = await openDatabase({ folder }).catch((error: unknown) => error);
  await kill(child);

  expect(refusal).toBeInstanceOf(DatabaseInUse);
  expect(refusal).toMatchObject({ code: "database_in_use", message: expect.stringContaining("DATABASE_URL") });
}, 60_000);

test("a closed folder can be opened again", async () => {
  const folder = await newFolder();
  const first = await openDatabase({ folder });
  await first.close();

  const second = await openDatabase({ folder });

  expect((await second.executeSql("select 1 as n")).rows).toEqual([{ n: 1 }]);
  await second.close();
});

test("the lock of a dead process is taken over", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: 4_000_000, host: hostname(), started: "1" }));

  const unlock = await lockFolder(folder);

  expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid });
  await unlock();
});

test("a lock whose number was given to another process meanwhile is taken over", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: process.pid, host: hostname(), started: "1" }));

  const unlock = await lockFolder(folder);

  const taken = JSON.parse(await readFile(join(folder, "lock"), "utf8"));
  expect(taken).toMatchObject({ pid: process.pid });
  expect(taken.started).not.toBe("1");
  await unlock();
});

test("a lock on another machine that beats is respected", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: 1, host: "elsewhere", started: "1" }));

  await expect(lockFolder(folder)).rejects.toThrow("process 1 on elsewhere");
});

test("of many that lock a folder at once, one succeeds", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, "lock"), "torn");

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));

  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
