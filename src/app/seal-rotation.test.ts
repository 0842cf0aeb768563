import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { noTelemetry, silentLogger, systemClock } from "#kernel";
import { SealedRunStore } from "#engines/harvest";
import { Outbox, SealedDeliveries } from "#platform/delivery";
import { Jobs } from "#platform/jobs";
import { AuditLog } from "#platform/operators";
import { loadKeyRing, rereadKeyRing, SecretSeal, type KeySource } from "#platform/storage";
import { useOpenTestDatabase } from "#platform/storage/testing";
import { SealRotation } from "./seal-rotation.ts";

const database = await useOpenTestDatabase();
const { db } = database;
const folder = mkdtempSync(join(tmpdir(), "gleaner-seal-"));
const keyFile = join(folder, "secrets.key");
const audit = new AuditLog({ db, clock: systemClock });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const jobs = new Jobs({ database, logger: silentLogger, telemetry: noTelemetry });
const sender = { send: () => Promise.reject(new Error("Nothing is sent here.")) };
let seal: SecretSeal;
beforeEach(async () => {
  rmSync(keyFile, { force: true });
  seal = await openSeal({ folder });
});

async function openSeal(keys: KeySource): Promise<SecretSeal> {
  const ring = await loadKeyRing(keys);
  return new SecretSeal(ring, () => rereadKeyRing(keys, ring));
}

function holdersOf(current: SecretSeal) {
  return [new SealedDeliveries({ db, seal: current }), new SealedRunStore({ db, seal: current })];
}

function rotation(keys: KeySource): SealRotation {
  return new SealRotation({ seal, keys, holders: holdersOf(seal), audit, logger: silentLogger });
}

/** Puts a message with a secret into the outbox and returns how its secret is stored. */
async function storeSecret(key: string): Promise<() => Promise<{ place: string; sealed: string }>> {
  const parts = { db, jobs, sender, seal, clock: systemClock, logger: silentLogger, telemetry: noTelemetry };
  const outbox = new Outbox(parts);
  await jobs.start({ work: false });
  const message = { kind: "webhook" as const, url: "https://example.org/", body: {}, bearer: `token ${key}` };
  const id = await outbox.enqueue({ ...message, idempotencyKey: key });
  await jobs.stop({ graceMs: 0 });
  return async () => {
    const row = await db.selectFrom("delivery").select("secrets").where("id", "=", id).executeTakeFirstOrThrow();
    return { place: `delivery:${id}`, sealed: row.secrets ?? "" };
  };
}

test("rotating seals what is stored with a new key, and finishing forgets the old one", async () => {
  const stored = await storeSecret("one");
  const before = (await stored()).sealed.split(".")[1];
  const rotated = await rotation({ folder }).rotate({ by: "test" });
  const finished = await rotation({ folder }).rotate({ by: "test", finish: true });
  const { place, sealed } = await stored();

  expect(rotated).toMatchObject({ source: "key file", resealed: 1, lost: 0, olderKeys: 1 });
  expect(finished).toMatchObject({ keyId: rotated.keyId, resealed: 0, olderKeys: 0 });
  expect(sealed.split(".")[1]).toBe(rotated.keyId);
  expect(rotated.keyId).not.toBe(before);
  expect((await openSeal({ folder })).open(sealed, place)).toContain("token one");
  expect(readFileSync(keyFile, "utf8").trim().split("\n")).toHaveLength(1);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

test("what is sealed of a run that is under way is sealed anew, and its checkpoint stays as it is", async () => {
  const id = "01a1fc72-919e-72ca-8f4c-c3c7bb2483cb";
  const place = `harvest_run:${id}:checkpoint`;
  const checkpoint = JSON.stringify({ next: "page 3", secrets: seal.seal("session=1", place) });
  const counts = { page_count: 0, record_count: 0, unverified_count: 0 };
  const run = { id, request: "{}", status: "running" as const, started_at: new Date(), checkpoint, ...counts };
  await db.insertInto("harvest_run").values(run).execute();
  const { keyId, resealed } = await rotation({ folder }).rotate({ by: "test" });
  const row = await db.selectFrom("harvest_run").select("checkpoint").where("id", "=", id).executeTakeFirstOrThrow();
  const kept = z.object({ next: z.string(), secrets: z.string() }).parse(row.checkpoint);
  const sealed = kept.secrets;

  expect(resealed).toBe(1);
  expect(kept.next).toBe("page 3");
  expect(sealed.split(".")[1]).toBe(keyId);
  expect(seal.open(sealed, place)).toBe("session=1");
});

test("a process that runs opens what was sealed with the new key, and what it seals with the old one opens", async () => {
  const running = await openSeal({ folder });
  await rotation({ folder }).rotate({ by: "test" });
  const fresh = seal.seal("new", "here");
  const stale = running.seal("old", "here");

  expect(running.open(fresh, "here")).toBe("new");
  expect(seal.open(stale, "here")).toBe("old");
});

test("a secret whose key is gone is counted and keeps no other from being sealed anew", async () => {
  const lost = await storeSecret("lost");
  rmSync(keyFile);
  seal = await openSeal({ folder });
  const kept = await storeSecret("kept");
  const report = await rotation({ folder }).rotate({ by: "test" });

  expect(report.lost).toBeGreaterThanOrEqual(1);
  expect((await kept()).sealed.split(".")[1]).toBe(report.keyId);
  expect((await lost()).sealed.split(".")[1]).not.toBe(report.keyId);
});

test("keys of the environment stay as they are; what is stored comes under the first of them", async () => {
  const [old, fresh] = ["ab".repeat(32), "cd".repeat(32)];
  seal = await openSeal({ folder, secretsKey: old });
  const stored = await storeSecret("environment");
  const report = await rotation({ folder, secretsKey: `${fresh},${old}` }).rotate({ by: "test" });

  expect(report).toMatchObject({ source: "SECRETS_KEY", resealed: 1 });
  const { place, sealed } = await stored();
  expect(new SecretSeal(await loadKeyRing({ folder, secretsKey: fresh })).open(sealed, place)).toContain("environment");
});

test("a rotation is on record without any key", async () => {
  await rotation({ folder }).rotate({ by: "test" });
  const entry = (await audit.list()).find(({ action }) => action === "seal.rotated");

  expect(entry?.actor).toBe("test");
  expect(JSON.stringify(entry?.details)).not.toMatch(/[0-9a-f]{64}/);
});
