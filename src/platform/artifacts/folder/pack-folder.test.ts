import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { systemClock } from "#kernel";
import { Artifacts } from "../artifacts.ts";
import { ArtifactAltered } from "../errors.ts";
import { openArtifacts } from "../open-artifacts.ts";
import { PackFolder } from "./pack-folder.ts";

const page = { mediaType: "text/html", kind: "page" } as const;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-packs-"));
  folders.push(folder);
  return folder;
}

async function packsIn(folder: string): Promise<string[]> {
  return (await readdir(join(folder, "packs"))).filter((name) => name.endsWith(".pack")).sort();
}

const text = (value: string) => new TextEncoder().encode(value);

test("what a put promised is there after the process was killed", async () => {
  const folder = await newFolder();
  const script = `
    import { openArtifacts } from "#platform/artifacts";
    const artifacts = await openArtifacts({ folder: ${JSON.stringify(folder)} });
    let n = 0;
    const put = async () => {
      for (;;) {
        const { sha256 } = await artifacts.put(Buffer.from("page " + (n += 1)), { mediaType: "text/html", kind: "page" });
        console.log(sha256);
      }
    };
    for (let writer = 0; writer < 8; writer += 1) void put();
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += String(chunk);
    if (printed.length > 65 * 500) child.kill("SIGKILL");
  });
  await once(child, "close");

  const artifacts = await openArtifacts({ folder });
  const promised = printed.split("\n").filter((line) => line.length === 64);
  for (const sha256 of promised) expect(await artifacts.get(sha256)).not.toBeNull();
  expect(promised.length).toBeGreaterThan(400);
  await artifacts.close();
}, 60_000);

test("a torn end hides nothing, and new artifacts go elsewhere", async () => {
  const folder = await newFolder();
  const store = await PackFolder.open({ folder, clock: systemClock });
  const artifacts = new Artifacts({ store, clock: systemClock });
  const { sha256 } = await artifacts.put(text("whole"), page);
  const [pack = ""] = await packsIn(folder);
  await appendFile(join(folder, "packs", pack), "GLP1 torn");

  const again = await openArtifacts({ folder });
  const later = await again.put(text("later"), page);

  expect(await again.get(sha256)).not.toBeNull();
  expect(await again.get(later.sha256)).not.toBeNull();
  expect(await packsIn(folder)).toHaveLength(2);
  await again.close();
  await artifacts.close();
});

test.each(["first byte", "last byte", "length"])("an artifact whose %s was altered is refused", async (what) => {
  const folder = await newFolder();
  const artifacts = await openArtifacts({ folder });
  const { sha256 } = await artifacts.put(text("<p>the true price is 100</p>".repeat(20)), page);
  await artifacts.close();
  const [pack = ""] = await packsIn(folder);
  const file = await open(join(folder, "packs", pack), "r+");
  const { size } = await file.stat();
  if (what === "length") await file.truncate(size - 3);
  else await file.write(Buffer.from([255]), 0, 1, what === "first byte" ? 0 : size - 5);
  await file.close();

  const again = await openArtifacts({ folder });

  await expect(again.get(sha256)).rejects.toThrow(ArtifactAltered);
  await again.close();
});

test("many packs are searched, and a lost index file is made good", async () => {
  const folder = await newFolder();
  const options = { folder, clock: systemClock, packBytes: 2_000 };
  const artifacts = new Artifacts({ store: await PackFolder.open(options), clock: systemClock });
  const refs = [];
  for (let n = 0; n < 60; n += 1) refs.push(await artifacts.put(text(`page ${n}`), page));
  await artifacts.close();
  expect((await packsIn(folder)).length).toBeGreaterThan(3);
  const [index = ""] = (await readdir(join(folder, "packs"))).filter((name) => name.endsWith(".index"));
  await rm(join(folder, "packs", index));

  const again = await openArtifacts({ folder });

  for (const { sha256 } of refs) expect(await again.get(sha256)).not.toBeNull();
  await again.close();
});

test("a full disk is said by name, and leaves nothing half-written", async () => {
  const folder = await newFolder();
  const script = `
    import { randomBytes } from "node:crypto";
    import { openArtifacts } from "#platform/artifacts";
    const artifacts = await openArtifacts({ folder: ${JSON.stringify(folder)} });
    const kept = [];
    const info = { mediaType: "image/png", kind: "screenshot" };
    try {
      for (;;) kept.push((await artifacts.put(randomBytes(20_000), info)).sha256);
    } catch (error) {
      console.log(JSON.stringify({ kept, code: error.code }));
    }
    await artifacts.put(Buffer.from("small"), info);
    process.exit(0);
  `;
  // A limit on the length of files stands for a full disk: the system call fails in the same way, in the midst of a write.
  const limited = 'trap "" XFSZ; ulimit -f 256; exec "$0" --input-type=module -e "$1"';
  const { stdout } = await promisify(execFile)("bash", ["-c", limited, process.execPath, script]);

  const { kept, code } = JSON.parse(stdout);
  const artifacts = await openArtifacts({ folder });
  expect(code).toBe("storage_full");
  expect(kept.length).toBeGreaterThan(3);
  for (const sha256 of kept) expect(await artifacts.get(sha256)).not.toBeNull();
  expect(await artifacts.rebuildIndex()).toBe(kept.length + 1);
  await artifacts.close();
}, 60_000);

test("a folder that is gone, or never was one, is said by name", async () => {
  const folder = await newFolder();
  const artifacts = await openArtifacts({ folder });
  await rm(folder, { recursive: true });
  const put = artifacts.put(Buffer.from("late"), { mediaType: "text/plain", kind: "page" });

  await expect(put).rejects.toMatchObject({ code: "artifact_store_unavailable" });
  await expect(artifacts.get("0".repeat(64))).rejects.toMatchObject({ code: "artifact_store_unavailable" });
  await writeFile(folder, "");
  await expect(openArtifacts({ folder })).rejects.toMatchObject({ code: "artifact_store_unavailable" });
});
