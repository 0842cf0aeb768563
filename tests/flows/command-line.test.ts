import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeDataFolder } from "#platform/storage/testing";
import { startDemoSite, type DemoSite } from "#surfaces/demo";
import { runCommand, type Ended } from "./run-command.ts";

const GLEANER = resolve("bin/gleaner.mjs");
const LIMIT = 120_000;

const folder = await makeDataFolder("cli");
let town: DemoSite;
beforeAll(async () => {
  town = await startDemoSite();
  vi.stubEnv("GLEANER_DATA_DIR", folder);
  vi.stubEnv("DELAY_BETWEEN_ACTIONS", "0");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await town.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as a person would. `onLine` sees each line of standard error as it comes. */
async function started(args: string[], onLine: (line: string, pid: number) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [GLEANER, ...args], { stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (ended.stdout += String(chunk)));
  createInterface({ input: child.stderr }).on("line", (line) => {
    ended.stderr += `${line}\n`;
    onLine(line, child.pid ?? 0);
  });
  ended.code = await new Promise((done) => child.on("close", done));
  return ended;
}

const harvest = (...more: string[]) => ["harvest", town.listUrl, "--allow-host", town.host, "--json", ...more];

test("a harvest writes one object, and its run verifies from stored bytes alone", { timeout: LIMIT }, async () => {
  const harvested = await started(harvest("--fields", "reference,closing_date"));
  const result = JSON.parse(harvested.stdout);

  expect(harvested).toMatchObject({ code: 0 });
  expect(result).toMatchObject({ completeness: "complete", reason: "last_page", pages: 3, recordCount: 27 });
  expect(result.records).toHaveLength(27);
  expect(result.records[0]).toMatchObject({ text: expect.stringContaining("PM-2026"), links: [expect.any(String)] });
  expect(harvested.stderr).toContain("page 3: 7 records, 27 of 27 so far");

  const verified = await started(["verify", result.run, "--json"]);
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, records: 27, failures: 0 });

  // As if the command had been killed while it wrote: its hosts are not even open any more.
  const again = await runCommand(["harvest", "--resume", result.run, "--json"]);
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("had come to its end") });
  expect(JSON.parse(again.stdout)).toEqual(result);
});

test("Ctrl-C leaves a run that can be gone on with", { timeout: LIMIT }, async () => {
  let bounds = "";
  const cut = await started(harvest("--delay", "5000"), (line, pid) => {
    if (!line.startsWith("page 1:")) return;
    const facts = ["environ", "cmdline"].map((name) => `/proc/${pid}/${name}`);
    if (process.platform === "linux") bounds = facts.map((fact) => readFileSync(fact, "utf8")).join("");
    process.kill(pid, "SIGINT");
  });
  // What bounds its memory has to be so from the start of the very process.
  const options = [
    "--max-semi-space-size=4",
    "--no-separate-gc-phases",
    "--no-parallel-scavenge",
    "--heap-growing-percent=100",
  ];
  const wanted = ["MALLOC_ARENA_MAX=1", ...options];
  if (process.platform === "linux") expect(bounds.split("\0")).toEqual(expect.arrayContaining(wanted));
  const run = /--resume (\S+)/.exec(cut.stderr)?.[1] ?? "";
  expect(cut.code).toBe(130);

  const resumed = await runCommand(["harvest", "--resume", run, "--json"]);
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain("goes on with page 2");
  expect(JSON.parse(resumed.stdout)).toMatchObject({ run, recordCount: 27, completeness: "complete" });
});

test("a Node of a version that was not tried gets no option that it may refuse", () => {
  const asked = `import("./bin/bounds.mjs").then(({ boundsFor }) => console.log(boundsFor(24).length, ...boundsFor(26)))`;
  expect(spawnSync(process.execPath, ["-e", asked]).stdout.toString().trim()).toBe("4 --max-semi-space-size=4");
});

test("what a script must tell apart has exit codes of its own", { timeout: LIMIT }, async () => {
  const limited = await runCommand(harvest("--max-pages", "1"));
  expect([limited.code, JSON.parse(limited.stdout).reason]).toEqual([3, "page_limit"]);

  const closed = await startDemoSite();
  await closed.close();
  const gone = await runCommand(["harvest", closed.listUrl, "--allow-host", closed.host, "--json"]);
  expect([gone.code, JSON.parse(gone.stdout).error.code]).toEqual([5, "unreachable"]);

  const inside = await runCommand(["harvest", town.listUrl, "--json"]);
  expect([inside.code, JSON.parse(inside.stdout).error.code]).toEqual([2, "address_refused"]);

  const unknown = await started(["verify", "no-such-run", "--json"]);
  expect([unknown.code, JSON.parse(unknown.stdout).error.code]).toEqual([2, "run_not_found"]);
});

test("two harvests at a time keep out of each other's way", { timeout: LIMIT }, async () => {
  const [first, second] = await Promise.all([started(harvest()), started(harvest())]);
  const runs = [first, second].map(({ stdout }) => JSON.parse(stdout));

  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.stderr + second.stderr).toContain("this run is kept in");
  for (const { run } of runs) expect((await runCommand(["verify", run])).code).toBe(0);
});

test("a key is shown once, listed without itself, and revoked", { timeout: LIMIT }, async () => {
  const made = JSON.parse(
    (await runCommand(["keys", "create", "--name", "nightly", "--role", "viewer", "--json"])).stdout,
  );
  const listed = (await runCommand(["keys", "list"])).stdout;
  const revoked = await runCommand(["keys", "revoke", made.id]);

  expect(made.key).toMatch(/^glk_[\w-]{43}$/);
  expect(listed).toContain(made.id);
  expect(listed).not.toContain(made.key);
  expect(revoked.code).toBe(0);
  expect((await runCommand(["keys", "list"])).stdout).toMatch(/nightly.*revoked/);
});

test(
  "what is old is counted before it is removed, and the sealing key can be changed",
  { timeout: LIMIT },
  async () => {
    const counted = await runCommand(["db", "clean", "--days", "7", "--dry-run", "--json"]);
    const rotated = await runCommand(["keys", "rotate-seal", "--json"]);
    const finished = await runCommand(["keys", "rotate-seal", "--finish", "--json"]);
    const { keyId } = JSON.parse(rotated.stdout);

    expect(JSON.parse(counted.stdout)).toMatchObject({ dryRun: true, days: 7, runs: 0, artifacts: 0 });
    expect(JSON.parse(finished.stdout)).toMatchObject({ keyId, olderKeys: 0 });
  },
);

test("a recipe that was saved to a file harvests without learning", { timeout: LIMIT }, async () => {
  const file = join(folder, "town.json");
  const learnt = await runCommand(["learn", town.listUrl, "--allow-host", town.host, "--save-recipe", file, "--json"]);
  const harvested = await runCommand(["harvest", "--recipe", file, "--allow-host", town.host, "--json"]);

  expect(learnt.code).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ format: 1, transport: "http" });
  expect(harvested.stderr).not.toContain("learnt");
  expect(JSON.parse(harvested.stdout)).toMatchObject({ recordCount: 27 });
});

test("pages whose addresses are in a file are read side by side, each once", async () => {
  const file = join(folder, "pages.txt");
  const pages = [3, 1, 2, 3].map((page) => `${town.listUrl}?page=${page}`);
  writeFileSync(file, `\ufeff# tenders of the town\r\n\r\n${pages.join("\r\n")}\r\n`);
  const ask = ["harvest", "--addresses", file, "--allow-host", town.host, "--json"];
  const { code, stdout, stderr } = await runCommand(ask);
  const { pages: read, recordCount, reason, records } = JSON.parse(stdout);
  const limited = await runCommand([...ask, "--max-pages", "2"]);

  expect({ code, read, recordCount, reason }).toEqual({ code: 0, read: 3, recordCount: 27, reason: "last_page" });
  expect(records.map(({ page }: { page: number }) => page).slice(0, 8)).toEqual([1, 1, 1, 1, 1, 1, 1, 2]);
  expect(stderr).toContain("page 3: ");
  expect(JSON.parse(limited.stdout)).toMatchObject({ pages: 2, recordCount: 17, reason: "page_limit" });

  const refusals = [
    [`${pages[0]}\n/tenders?page=2\n`, "line 2 is no address"],
    ["\n# none\n", "it holds none"],
    [`${"http://a.example/\n".repeat(2)}ftp://b.example/`, "line 3 is no address"],
  ] as const;
  for (const [text, reason] of refusals) {
    writeFileSync(file, text);
    const refused = await runCommand(ask);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: "addresses_unreadable",
      message: expect.stringContaining(reason),
    });
  }
  rmSync(file);
  const gone = await runCommand(ask);
  expect([gone.code, JSON.parse(gone.stdout).error]).toMatchObject([
    2,
    { code: "addresses_unreadable", message: expect.stringContaining("it cannot be opened") },
  ]);
  const both = await runCommand(["harvest", "--addresses", file, "--resume", "x"]);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be used with") });
});

test("a batch writes a line for each page and tells that one failed", async () => {
  const page = join(folder, "page.html");
  writeFileSync(page, await (await fetch(town.listUrl)).text());
  const batch = join(folder, "batch.jsonl");
  writeFileSync(
    batch,
    `${JSON.stringify({ id: "1", path: page, url: town.listUrl })}\n{"id":"2","path":"gone.html"}\n`,
  );
  const { code, stdout } = await runCommand(["extract", "--batch", batch]);
  const [first, second] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  expect(code).toBe(3);
  expect(first.records).toHaveLength(10);
  expect(second).toMatchObject({ id: "2", error: { code: "page_missing" } });
});

test("wrong arguments end with 2 and point at the help, which shows examples", async () => {
  const wrong = await runCommand(["harvest", "--max-pages", "some"]);
  const aimless = await runCommand(["harvest"]);
  const misspelt = await started(["harvst"]);
  const help = await runCommand(["extract", "--help"]);

  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("--help shows examples");
  expect(aimless).toMatchObject({ code: 2, stderr: expect.stringContaining("--recipe, --resume, or --addresses") });
  expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean harvest?") });
  expect(help.code).toBe(0);
  expect(help.stdout).toContain("$ gleaner extract --batch pages.jsonl");
});

test.runIf(existsSync("/dev/full"))("output that finds no room is said, and what was found is kept", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [GLEANER, "--help"], { stdio: ["ignore", full, "pipe"] });
  closeSync(full);

  expect([status, String(stderr)]).toEqual([5, expect.stringMatching(/no space left .*--resume.*\[output_failed\]/is)]);
});

test("a database is copied from where one is, and to a server", async () => {
  const elsewhere = join(folder, "misspelt");
  const nothing = await runCommand(["db", "copy", "--from", elsewhere, "--to", "postgresql://127.0.0.1:9/gleaner"]);
  const nowhere = await runCommand(["db", "copy", "--to", elsewhere]);

  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("[database_missing]") });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("postgresql://USER:PASSWORD@HOST") });
  expect(existsSync(elsewhere)).toBe(false);
});
