import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { noTelemetry, silentLogger, type LogFields, type Logger } from "#kernel";
import { TrustedClient } from "#platform/egress";
import { Jobs } from "#platform/jobs";
import { SecretSeal } from "#platform/storage";
import { useOpenTestDatabase } from "#platform/storage/testing";
import { BadDeliveryUrl, DeliveryNotDead, DeliveryNotFound } from "./errors.ts";
import { Outbox } from "./outbox.ts";
import { verifySignature } from "./signature.ts";

const database = await useOpenTestDatabase();
const { db } = database;

/** A real receiver: it answers with the next of `answers`, then with 200. */
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const { status, headers = {}, body = "ok" } = answers.shift() ?? { status: 200 };
    response.writeHead(status, headers).end(body);
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address: AddressInfo | string | null = server.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook`;
const sender = new TrustedClient();
const seal = new SecretSeal([{ id: "00000001", bytes: new Uint8Array(32).fill(1) }]);

const logged: string[] = [];
const note = (event: string, fields?: LogFields) => void logged.push(event + JSON.stringify(fields));
const logger: Logger = { ...silentLogger, info: note, warn: note, error: note, child: () => logger };

let jobs: Jobs;
let outbox: Outbox;

beforeEach(async () => {
  received.length = 0;
  logged.length = 0;
  answers = [];
  jobs = new Jobs({ database, logger: silentLogger, telemetry: noTelemetry, pollSeconds: 0.5 });
  outbox = new Outbox({
    db,
    jobs,
    sender,
    seal,
    clock: () => new Date(),
    logger,
    telemetry: noTelemetry,
    backoff: { firstMs: 20, longestMs: 100, maxAttempts: 3 },
    random: () => 0,
  });
  outbox.work();
  await jobs.start();
});
afterEach(() => jobs.stop({ graceMs: 1_000 }));
afterAll(async () => {
  server.close();
  await sender.close();
});

const message = { kind: "webhook" as const, url, body: { jobId: "1", ünï: ["x"] }, idempotencyKey: "job-1" };
const delivered = (count: number) =>
  expect
    .poll(() => logged.filter((line) => line.startsWith("callback.delivered")), { timeout: 15_000 })
    .toHaveLength(count);

test("a message arrives with bearer, signature, timestamp and delivery id", async () => {
  const id = await outbox.enqueue({ ...message, bearer: "token", hmacSecret: "shh" });
  await delivered(1);

  const [{ headers, body } = { headers: {}, body: "" }] = received;
  expect(JSON.parse(body)).toEqual(message.body);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    authorization: "Bearer token",
    "x-gleaner-delivery": id,
    "x-gleaner-signature": expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
  });
  const signed = {
    secret: "shh",
    body,
    timestamp: String(headers["x-gleaner-timestamp"]),
    signature: String(headers["x-gleaner-signature"]),
  };
  expect(verifySignature({ ...signed, now: new Date() })).toEqual({ ok: true });
});

test("a message of a transaction that is undone never leaves", async () => {
  const undone = db.transaction().execute(async (trx) => {
    await outbox.enqueue({ ...message, idempotencyKey: "undone" }, trx);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await db.transaction().execute((trx) => outbox.enqueue(message, trx));
  await delivered(1);

  expect(received).toHaveLength(1);
});

test("a message with the same idempotency key is sent once", async () => {
  const ids = await Promise.all([outbox.enqueue(message), outbox.enqueue(message)]);
  const other = await outbox.enqueue({ ...message, idempotencyKey: "job-2" });
  await delivered(2);

  expect(ids[0]).toBe(ids[1]);
  expect(new Set(received.map(({ headers }) => headers["x-gleaner-delivery"]))).toEqual(new Set([ids[0], other]));
});

test("a refused message is tried again under the same id, with a new signature", async () => {
  answers = [{ status: 500, body: "the answer is secret" }];
  const id = await outbox.enqueue({ ...message, hmacSecret: "shh" });
  await delivered(1);

  expect(received.map(({ headers }) => headers["x-gleaner-delivery"])).toEqual([id, id]);
  expect(logged.join()).not.toContain("the answer is secret");
});

test("what fails too often is a dead letter, and can be sent again", async () => {
  answers = [{ status: 500 }, { status: 500 }, { status: 404 }];
  const id = await outbox.enqueue(message);
  await expect
    .poll(() => outbox.deadLetters(), { timeout: 15_000 })
    .toMatchObject([{ id, attempts: 3, lastStatus: 404 }]);

  await outbox.redeliver(id);
  await delivered(1);

  expect(await outbox.deadLetters()).toEqual([]);
  await expect(outbox.redeliver(id)).rejects.toThrow(DeliveryNotDead);
});

test("however many messages wait for a server that is down, each comes to an end in its own time", async () => {
  answers = Array.from({ length: 1000 }, () => ({ status: 503 }));
  const from = Date.now() + 30 * 86_400_000;
  let now = from;
  const clock = () => new Date(now);
  const deps = { db, jobs, sender, seal, clock, logger, telemetry: noTelemetry, random: () => 0.5 };
  const waiting = new Outbox({ ...deps, backoff: { maxAttempts: 6 } });
  for (let at = 0; at < 6; at += 1) await waiting.enqueue({ ...message, idempotencyKey: `waits-${at}` });

  const due = db.selectFrom("delivery").select(["id", "next_attempt_at"]).where("state", "=", "pending");
  for (let next = await due.orderBy("next_attempt_at").executeTakeFirst(); next;) {
    now = Math.max(now, next.next_attempt_at.getTime());
    await waiting.attempt(next.id, AbortSignal.timeout(60_000));
    next = await due.orderBy("next_attempt_at").executeTakeFirst();
  }

  const dead = await waiting.deadLetters();
  expect(dead.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 6 }, () => 6));
  expect(dead.map(({ lastError }) => lastError)).toContain("destination_down");
  expect(received.length).toBeLessThan(6 * 6);
  expect(now - from).toBeLessThan(20 * 60_000);
});

test("an address that is gone for good is not asked again", async () => {
  answers = [{ status: 410 }];
  await outbox.enqueue(message);

  await expect.poll(() => outbox.deadLetters()).toMatchObject([{ attempts: 1, lastError: "http_410" }]);
});

test("a receiver that cannot be reached is a failure like others", async () => {
  await outbox.enqueue({ ...message, url: "http://127.0.0.1:1/hook" });

  await expect
    .poll(() => db.selectFrom("delivery").select(["last_error", "last_status"]).execute())
    .toEqual([{ last_error: "unreachable", last_status: null }]);
});

test("secrets are sealed in the database", async () => {
  await outbox.enqueue({ ...message, bearer: "token-in-clear", hmacSecret: "shh-in-clear" });

  const rows = JSON.stringify(await db.selectFrom("delivery").selectAll().execute());
  expect(rows).not.toContain("in-clear");
});

test("a message whose attempt got lost is found again", async () => {
  const id = await outbox.enqueue({ ...message, url: "http://127.0.0.1:1/hook" });
  await jobs.stop({ graceMs: 0 });
  const longAgo = new Date(Date.now() - 3_600_000);
  await db.updateTable("delivery").set({ url, next_attempt_at: longAgo, state: "pending", died_at: null }).execute();
  await database.executeSql("delete from pgboss.job");
  await jobs.start();

  await outbox.upkeep();

  await expect
    .poll(() => received.map(({ headers }) => headers["x-gleaner-delivery"]), { timeout: 15_000 })
    .toEqual([id]);
});

test("an address that is none, or carries a password, is refused", async () => {
  await expect(outbox.enqueue({ ...message, url: "ftp://example.test" })).rejects.toThrow(BadDeliveryUrl);
  await expect(outbox.enqueue({ ...message, url: "https://me:pw@example.test" })).rejects.toThrow(BadDeliveryUrl);
  await expect(outbox.redeliver("nonsense")).rejects.toThrow(DeliveryNotFound);
});
