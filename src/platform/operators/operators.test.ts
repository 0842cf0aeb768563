import { sql } from "kysely";
import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { ApiKeys } from "./api-keys.ts";
import { Attention } from "./attention.ts";
import { AuditLog } from "./audit-log.ts";
import { AttentionNotFound, AttentionResolved, AttentionTaken, KeyNotFound } from "./errors.ts";
import { permits } from "./role.ts";

const db = await useTestDatabase();
const NOON = new Date("2026-01-01T12:00:00Z");
let now = NOON;
const clock = () => now;
const audit = new AuditLog({ db, clock });
const keys = new ApiKeys({ db, audit, clock });
const attention = new Attention({ db, audit, clock });
const wall = { kind: "portal.wall", subject: "scrape_job:1", reason: "A CAPTCHA stands before the list." };

test("a key is shown once, opens the door, and is stored as a hash only", async () => {
  const { key, apiKey } = await keys.create({ name: "ci", role: "operator", by: "cli" });

  expect(key).toMatch(/^glk_[\w-]{43}$/);
  expect(key.startsWith(apiKey.prefix)).toBe(true);
  expect(await keys.authenticate(key)).toMatchObject({ id: apiKey.id, role: "operator" });
  const { rows } = await sql`select * from api_key`.execute(db);
  expect(JSON.stringify(rows)).not.toContain(key.slice(apiKey.prefix.length));
});

test("a key that is unknown, no key, revoked or expired opens nothing", async () => {
  now = NOON;
  const revoked = await keys.create({ name: "revoked", role: "viewer", by: "cli" });
  await keys.revoke(revoked.apiKey.id, "cli");
  const expiresAt = new Date(NOON.getTime() + 1_000);
  const expired = await keys.create({ name: "expired", role: "viewer", expiresAt, by: "cli" });
  now = expiresAt;

  for (const key of ["", "glk_short", `glk_${"A".repeat(43)}`, revoked.key, expired.key]) {
    expect(await keys.authenticate(key)).toBeNull();
  }
});

test("the last use of a key is known to the minute", async () => {
  now = NOON;
  const { key } = await keys.create({ name: "used", role: "viewer", by: "cli" });
  await keys.authenticate(key);
  now = new Date(NOON.getTime() + 30_000);
  await keys.authenticate(key);

  expect(await keys.list()).toMatchObject([{ name: "used", lastUsedAt: NOON }]);
});

test("revoking an unknown key fails by name", async () => {
  await expect(keys.revoke("nonsense", "cli")).rejects.toThrow(KeyNotFound);
  await expect(keys.revoke("00000000-0000-7000-8000-000000000000", "cli")).rejects.toThrow(KeyNotFound);
});

test("a higher role may do what a lower one may, and a bot only what bots do", () => {
  expect(permits("admin", "operator") && permits("operator", "viewer") && permits("admin", "bot")).toBe(true);
  expect(permits("viewer", "operator") || permits("bot", "viewer") || permits("operator", "bot")).toBe(false);
});

test("what happened is recorded, newest first, page by page", async () => {
  const { apiKey } = await keys.create({ name: "ci", role: "viewer", by: "alice" });
  await keys.revoke(apiKey.id, "bob");

  const [latest] = await audit.list({ limit: 1 });
  const [earlier] = await audit.list({ before: latest?.id ?? 0, limit: 1 });

  expect(latest).toMatchObject({ actor: "bob", action: "key.revoked", subject: apiKey.id });
  expect(earlier).toMatchObject({ actor: "alice", action: "key.created", details: { name: "ci", role: "viewer" } });
});

test.each(["update audit_event set actor = 'nobody'", "delete from audit_event", "truncate audit_event"])(
  "the database refuses to %s",
  async (statement) => {
    await audit.record({ actor: "alice", action: "test.done" });

    await expect(sql.raw(statement).execute(db)).rejects.toThrow("the audit log only grows");

    expect(await audit.list()).toMatchObject([{ actor: "alice" }]);
  },
);

test("a matter is asked about once until it is resolved", async () => {
  const [first, again] = await Promise.all([attention.open(wall), attention.open(wall)]);
  expect(again.id).toBe(first.id);
  await attention.resolve(first.id, "alice", "Signed in by hand.");

  const next = await attention.open(wall);

  expect(next.id).not.toBe(first.id);
  expect((await attention.list()).map(({ id }) => id)).toEqual([next.id]);
});

test("matters are read page after page, the oldest first, also those of one moment", async () => {
  const opened = [];
  for (let count = 0; count < 5; count += 1)
    opened.push(await attention.open({ ...wall, subject: `scrape-job:${count}` }));
  const first = await attention.list({ limit: 3 });
  const second = await attention.list({ limit: 3, after: first.at(-1) });
  const none = await attention.list({ limit: 3, after: second.at(-1) });

  expect(first).toHaveLength(3);
  expect(new Set([...first, ...second].map(({ id }) => id))).toEqual(new Set(opened.map(({ id }) => id)));
  expect(none).toEqual([]);
});

test("whoever claims a matter has it until it is given back or taken over", async () => {
  const { id } = await attention.open(wall);
  await attention.claim(id, "alice");

  await expect(attention.claim(id, "bob")).rejects.toThrow(AttentionTaken);
  expect(await attention.claim(id, "bob", { takeOver: true })).toMatchObject({ claimedBy: "bob" });
  await attention.giveBack(id, "bob");
  expect(await attention.find(id)).toMatchObject({ state: "open" });
  expect(await attention.claim(id, "alice")).toMatchObject({ state: "claimed", claimedBy: "alice" });
});

test("a resolved matter stays as it is", async () => {
  const { id } = await attention.open(wall);
  await attention.claim(id, "alice");
  await attention.resolve(id, "alice", "Done.");

  await expect(attention.claim(id, "bob")).rejects.toThrow(AttentionResolved);
  await expect(attention.resolve(id, "bob", "Again.")).rejects.toThrow(AttentionResolved);
  expect(await attention.find(id)).toMatchObject({ state: "resolved", claimedBy: "alice", resolution: "Done." });
});

test("an unknown matter fails by name", async () => {
  await expect(attention.claim("nonsense", "alice")).rejects.toThrow(AttentionNotFound);
  expect(await attention.find("nonsense")).toBeNull();
});
