import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe, expect, test } from "vitest";
import { newId } from "#kernel";
import { useTestDatabase } from "#platform/storage/testing";
import type { Artifacts } from "./artifacts.ts";
import { openArtifacts } from "./open-artifacts.ts";

const db = await useTestDatabase();
const DAY_MS = 86_400_000;
const page = { mediaType: "text/html", kind: "page", sourceUrl: "https://example.test/ä?b=1" } as const;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let now = new Date("2026-01-01T12:00:00Z");
const clock = () => now;

/** Opens the same store again each time it is called, as a second process would. */
type Opener = () => Promise<Artifacts>;

async function folderOpener(): Promise<Opener> {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-artifacts-"));
  folders.push(folder);
  return () => openArtifacts({ db, folder, clock });
}

/** One bucket, a prefix for each store: to a test server, every bucket is a set of volumes. */
async function bucketOpeners(endpoint: string): Promise<() => Promise<Opener>> {
  const accessKeyId = process.env["GLEANER_TEST_S3_KEY"] ?? "";
  const credentials = { accessKeyId, secretAccessKey: process.env["GLEANER_TEST_S3_SECRET"] ?? "" };
  const bucket = `test-${newId()}`;
  const admin = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  await admin.send(new CreateBucketCommand({ Bucket: bucket }));
  admin.destroy();
  return async () => {
    const prefix = `${newId()}/`;
    return () => openArtifacts({ db, clock, s3: { bucket, prefix, endpoint, credentials } });
  };
}

const endpoint = process.env["GLEANER_TEST_S3_URL"];
const backends: [name: string, newStore: () => Promise<Opener>][] = [["a folder", folderOpener]];
if (endpoint) backends.push(["an S3 bucket", await bucketOpeners(endpoint)]);

const text = (value: string) => new TextEncoder().encode(value);

describe.each(backends)("artifacts in %s", (_name, newStore) => {
  test("come back as they were, under the hash of the original", async () => {
    const artifacts = await (await newStore())();
    const bytes = text("<p>grüß Gott</p>".repeat(1000));

    const ref = await artifacts.put(bytes, page);

    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(ref).toEqual({ sha256, size: bytes.length, mediaType: "text/html", storedAt: now });
    expect(await artifacts.has(sha256)).toBe(true);
    const found = await artifacts.get(sha256);
    expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
    expect(found?.ref).toEqual(ref);
    await artifacts.close();
  });

  test.each([0, 1, 300_000, 6_000_000])("may be %i bytes that do not compress", async (size) => {
    const artifacts = await (await newStore())();
    const bytes = randomBytes(size);

    const { sha256 } = await artifacts.put(bytes, { mediaType: "image/png", kind: "screenshot" });

    expect(bytes.equals((await artifacts.get(sha256))?.bytes ?? Buffer.from("?"))).toBe(true);
    await artifacts.close();
  });

  test("are one when they are put many times at once, by many", async () => {
    const open = await newStore();
    const writers = await Promise.all([open(), open()]);
    const bytes = text("the same page");

    const refs = await Promise.all(
      writers.flatMap((writer) => Array.from({ length: 10 }, () => writer.put(bytes, page))),
    );

    expect(new Set(refs.map(({ sha256 }) => sha256)).size).toBe(1);
    for (const writer of writers) expect((await writer.get(refs[0]?.sha256 ?? ""))?.bytes.length).toBe(bytes.length);
    await Promise.all(writers.map((writer) => writer.close()));
    const { count } = await db
      .selectFrom("artifact")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(1);
  });

  test("that another process has put are found", async () => {
    const open = await newStore();
    const [reader, writer] = [await open(), await open()];

    const { sha256 } = await writer.put(text("from elsewhere"), page);

    expect(await reader.has(sha256)).toBe(true);
    expect(Buffer.from((await reader.get(sha256))?.bytes ?? []).toString()).toBe("from elsewhere");
    await reader.close();
    await writer.close();
  });

  test("that are unknown, or no hash at all, are null", async () => {
    const artifacts = await (await newStore())();

    expect(await artifacts.get("0".repeat(64))).toBeNull();
    expect(await artifacts.get("../../etc/passwd")).toBeNull();
    expect(await artifacts.has("0".repeat(64))).toBe(false);
    await artifacts.close();
  });

  test("can be indexed anew from what is stored", async () => {
    const open = await newStore();
    const artifacts = await open();
    for (const n of [1, 2, 3]) await artifacts.put(text(`page ${n}`), page);
    await artifacts.settleIndex();
    const rows = () => db.selectFrom("artifact").selectAll().orderBy("sha256").execute();
    const before = await rows();
    await artifacts.close();
    await db.deleteFrom("artifact").execute();

    const again = await open();
    const count = await again.rebuildIndex();

    expect(count).toBe(3);
    expect(await rows()).toEqual(before);
    expect(before[0]).toMatchObject({ media_type: "text/html", source_url: page.sourceUrl });
    await again.close();
  });

  test("are removed when they are old and nobody points at them", async () => {
    const artifacts = await (await newStore())();
    now = new Date("2026-01-01T00:00:00Z");
    const needed = await artifacts.put(text("needed"), page);
    const forgotten = await artifacts.put(text("forgotten"), page);
    const renewed = await artifacts.put(text("renewed"), page);
    now = new Date(now.getTime() + 20 * DAY_MS);
    const young = await artifacts.put(text("young"), page);
    await artifacts.put(text("renewed"), page);
    artifacts.registerReferences(async (sha256s) => new Set(sha256s.filter((sha256) => sha256 === needed.sha256)));
    now = new Date(now.getTime() + 15 * DAY_MS);

    await artifacts.removeOlderThan(30);

    const has = (ref: { sha256: string }) => artifacts.has(ref.sha256);
    expect(await Promise.all([needed, forgotten, renewed, young].map(has))).toEqual([true, false, true, true]);
    expect(Buffer.from((await artifacts.get(needed.sha256))?.bytes ?? []).toString()).toBe("needed");
    expect(await db.selectFrom("artifact").select("sha256").where("sha256", "=", forgotten.sha256).execute()).toEqual(
      [],
    );
    await artifacts.close();
  });

  test("can be erased one by one", async () => {
    const artifacts = await (await newStore())();
    const erased = await artifacts.put(text("erase me"), page);
    const other = await artifacts.put(text("keep me"), page);

    expect(await artifacts.delete(erased.sha256)).toBe(true);

    expect(await artifacts.get(erased.sha256)).toBeNull();
    expect(await artifacts.has(other.sha256)).toBe(true);
    expect(await artifacts.delete(erased.sha256)).toBe(false);
    await artifacts.close();
  });
});
