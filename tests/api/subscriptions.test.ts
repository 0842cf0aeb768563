import { createServer } from "node:http";
import { sql } from "kysely";
import { SMTPServer } from "smtp-server";
import { afterAll, expect, test } from "vitest";
import { openSmtpMailer, verifySignature } from "#platform/delivery";
import { openTestApi } from "./open-test-api.ts";

const LONG = { timeout: 120_000 };

/** A mail server that keeps what it is given, and a receiver of webhooks. */
const mails: { to: string; source: string }[] = [];
const mailServer = new SMTPServer({
  disabledCommands: ["STARTTLS"],
  onAuth: ({ username, password }, _session, done) =>
    username === "gleaner" && password === "right" ? done(null, { user: username }) : done(new Error("no")),
  onRcptTo: ({ address }, _session, done) => {
    if (address.startsWith("nobody")) done(Object.assign(new Error("no such person"), { responseCode: 550 }));
    else done();
  },
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      mails.push({ to, source: Buffer.concat(chunks).toString("utf8") });
      done();
    });
  },
  allowInsecureAuth: true,
});
const mailPort = await new Promise<number>((resolve) => {
  const listening = mailServer.listen(0, "127.0.0.1", () => {
    const address = listening.address();
    resolve(typeof address === "object" && address ? address.port : 0);
  });
});
const hooks: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    hooks.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.end("ok");
  });
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const receiverAddress = receiver.address();
const host = `127.0.0.1:${typeof receiverAddress === "object" ? receiverAddress?.port : 0}`;

let now = new Date("2026-03-02T12:00:00Z");
const mailer = openSmtpMailer({
  ...{ host: "127.0.0.1", port: mailPort, security: "none", from: "gleaner@example.org" },
  credentials: { user: "gleaner", password: "right" },
});
const { api, database, portals, outbox, as } = await openTestApi({ clock: () => now, allowHosts: [host], mailer });
const headers = as("operator");
const { notifier } = portals.subscriptions;
const never = new AbortController().signal;
afterAll(async () => {
  await mailer.close();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
  receiver.closeAllConnections();
  receiver.close();
});

let count = 0;

/** Has an opportunity appear, or change, as a job would say it. */
async function happens(
  kind: "first_seen" | "changed" | "deadline_amended" | "vanished",
  said: object = {},
  known?: string,
) {
  const { db } = database;
  count += 1;
  const id = known ?? `00000000-0000-7000-8000-${String(count).padStart(12, "0")}`;
  const title = "title" in said ? String(said.title) : `Bridge number ${count}`;
  await api.inject({
    method: "POST",
    url: "/api/v1/portals",
    headers,
    payload: { id: "town", url: "https://example.org/list" },
  });
  await db.transaction().execute(async (trx) => {
    if (known === undefined) {
      const document = JSON.stringify({ title, confidence: 0.9, extractedAt: now.toISOString(), ...said });
      await trx
        .insertInto("opportunity")
        .values({
          ...{
            id,
            portal_id: "town",
            identity: `reference:${count}`,
            title,
            confidence: 0.9,
            verification: "verified",
          },
          ...{ document, raw: "{}", evidence: "{}", content_hash: "x", run_id: "run", record_id: "run/1/1" },
          agency: "agency" in said ? String(said.agency) : null,
          ...{ first_seen_at: now, last_seen_at: now, changed_at: now },
        })
        .execute();
    }
    const place = { quote: null, evidence: [] };
    const field = kind === "deadline_amended" ? "closingDate" : "status";
    const change = { field, before: { value: "2026-04-01", ...place }, after: { value: "2026-05-01", ...place } };
    const isChange = kind === "changed" || kind === "deadline_amended";
    await portals.subscriptions.tell(trx, [{ opportunityId: id, at: now, kind, ...(isChange ? change : {}) }]);
  });
  return id;
}

async function subscribe(said: object) {
  const payload = { name: "Bridges", filter: {}, events: ["new"], when: { cadence: "at_once" }, ...said };
  const reply = await api.inject({ method: "POST", url: "/api/v1/subscriptions", headers, payload });
  return { status: reply.statusCode, body: reply.json() };
}

/** Tells what waits and sends what is in the outbox. */
async function deliver(): Promise<void> {
  await notifier.run();
  const waiting = await database.db.selectFrom("delivery").select("id").where("state", "=", "pending").execute();
  for (const { id } of waiting) await outbox.attempt(id, never);
}

async function end(id: string): Promise<void> {
  await api.inject({ method: "DELETE", url: `/api/v1/subscriptions/${id}`, headers });
}

const webhook = { channel: "webhook", url: `http://${host}/hook` };
const email = { channel: "email", address: "team@example.org" };

test("a webhook is told at once what its filter and its events want, signed with its own secret", LONG, async () => {
  const { status, body } = await subscribe({
    to: webhook,
    filter: { agency: "City of Elm" },
    events: ["new", "deadline_amended"],
  });
  const wanted = await happens("first_seen", {
    title: "Bridge over the Elm",
    agency: "City of Elm",
    closingDate: "2026-04-01",
  });
  await happens("first_seen", { title: "Road salt" });
  await happens("changed", {}, wanted);
  await deliver();
  await happens("deadline_amended", {}, wanted);
  await deliver();

  expect(status).toBe(201);
  expect(hooks).toHaveLength(2);
  const [first, second] = hooks.map((hook) => JSON.parse(hook.body));
  expect(first.news).toMatchObject([{ event: "new", opportunity: { id: wanted, title: "Bridge over the Elm" } }]);
  expect(second.news).toMatchObject([
    { event: "deadline_amended", changes: [{ field: "closingDate", before: "2026-04-01", after: "2026-05-01" }] },
  ]);
  const [{ headers: sent, body: text } = { headers: {}, body: "" }] = hooks;
  const timestamp = String(sent["x-gleaner-timestamp"]);
  const signature = String(sent["x-gleaner-signature"]);
  const at = new Date(Number(timestamp) * 1000);
  expect(verifySignature({ secret: body.secret, body: text, timestamp, signature, now: at })).toEqual({ ok: true });
  await end(body.id);
});

test("workers that look at the same time tell each piece of news once", LONG, async () => {
  hooks.length = 0;
  const { body } = await subscribe({ to: webhook });
  const happened = new Set<string>();
  for (let number = 0; number < 5; number += 1) happened.add(await happens("first_seen"));
  await Promise.all([notifier.run(), notifier.run(), notifier.run()]);
  await deliver();
  const told = hooks.flatMap((hook) =>
    JSON.parse(hook.body).news.map((each: { opportunity: { id: string } }) => each.opportunity.id),
  );

  expect([...told].sort()).toEqual([...happened].sort());
  await end(body.id);
});

test("a worker whose connection breaks while it tells leaves nothing half done", LONG, async () => {
  hooks.length = 0;
  const { body } = await subscribe({ to: webhook });
  const happened = await happens("first_seen");
  await sql`create function break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`.execute(
    database.db,
  );
  await sql`create trigger break_off before insert on subscription_notice for each row execute function break_off()`.execute(
    database.db,
  );
  await expect(notifier.run()).rejects.toThrow("broken off");
  await sql`drop trigger break_off on subscription_notice`.execute(database.db);
  expect(await database.db.selectFrom("delivery").select("id").where("state", "=", "pending").execute()).toEqual([]);
  await deliver();
  await deliver();

  expect(hooks.map((hook) => JSON.parse(hook.body).news.length)).toEqual([1]);
  expect(hooks[0]?.body).toContain(happened);
  await end(body.id);
});

test("what a subscription's secret and links are is shown to nobody afterwards", LONG, async () => {
  const { body } = await subscribe({ to: webhook });
  const reply = await api.inject({ url: `/api/v1/subscriptions/${body.id}`, headers: as("viewer") });

  expect(body.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(reply.body).not.toContain(body.secret);
  expect(reply.json()).not.toHaveProperty("secret");
  expect(reply.json()).not.toHaveProperty("unsubscribeKey");
  await end(body.id);
});

test("a digest comes once a day at its hour, and not at all when nothing happened", LONG, async () => {
  mails.length = 0;
  const when = { cadence: "daily", hour: 7, timezone: "Europe/Berlin" };
  const { body } = await subscribe({ to: email, when });
  expect(body.nextDigestAt).toBe("2026-03-03T06:00:00.000Z");

  now = new Date("2026-03-03T06:00:30Z");
  await deliver();
  expect(mails).toHaveLength(0);
  await happens("first_seen", { title: "One" });
  await happens("first_seen", { title: "Two" });
  await deliver();
  expect(mails).toHaveLength(0);
  now = new Date("2026-03-04T06:00:30Z");
  await deliver();
  await deliver();

  expect(mails).toHaveLength(1);
  expect(mails[0]?.source).toContain("One");
  expect(mails[0]?.source).toContain("Two");
  await end(body.id);
});

/** Four days around a change of clocks: zone, hour, when the subscription is made, when its digests are sent. */
const CHANGES: [string, number, string, string[]][] = [
  ["Europe/Berlin", 2, "2026-03-27T12:00:00Z", ["2026-03-28T01:00", "2026-03-29T01:00", "2026-03-30T00:00", "2026-03-31T00:00"]],
  ["Europe/Berlin", 2, "2026-10-23T12:00:00Z", ["2026-10-24T00:00", "2026-10-25T00:00", "2026-10-26T01:00", "2026-10-27T01:00"]],
  ["America/New_York", 2, "2027-03-12T12:00:00Z", ["2027-03-13T07:00", "2027-03-14T07:00", "2027-03-15T06:00", "2027-03-16T06:00"]],
  ["America/New_York", 1, "2027-11-05T12:00:00Z", ["2027-11-06T05:00", "2027-11-07T05:00", "2027-11-08T06:00", "2027-11-09T06:00"]],
  ["Africa/Cairo", 0, "2028-04-26T12:00:00Z", ["2028-04-26T22:00", "2028-04-27T22:00", "2028-04-28T21:00", "2028-04-29T21:00"]],
  ["Australia/Lord_Howe", 2, "2028-09-29T00:00:00Z", ["2028-09-29T15:30", "2028-09-30T15:30", "2028-10-01T15:00", "2028-10-02T15:00"]],
  ["Asia/Kathmandu", 7, "2028-11-01T12:00:00Z", ["2028-11-02T01:15", "2028-11-03T01:15", "2028-11-04T01:15", "2028-11-05T01:15"]],
  ["Pacific/Kiritimati", 0, "2028-12-01T12:00:00Z", ["2028-12-02T10:00", "2028-12-03T10:00", "2028-12-04T10:00", "2028-12-05T10:00"]],
]; // prettier-ignore

test.each(CHANGES)("in %s a digest at %i comes once a day when clocks change", LONG, async (timezone, hour, from, times) => {
  mails.length = 0;
  now = new Date(from);
  const { body } = await subscribe({ to: email, when: { cadence: "daily", hour, timezone } });
  const planned: string[] = [];
  const sent: number[] = [];
  for (let next = body.nextDigestAt; planned.length < times.length; ) {
    planned.push(next.slice(0, 16));
    await happens("first_seen", { title: `News of ${next}` });
    now = new Date(new Date(next).getTime() - 30_000);
    await deliver();
    now = new Date(new Date(next).getTime() + 30_000);
    await deliver();
    await deliver();
    sent.push(mails.length);
    next = (await api.inject({ url: `/api/v1/subscriptions/${body.id}`, headers })).json().nextDigestAt;
  }
  await end(body.id);
  now = new Date("2026-03-04T06:00:30Z");

  expect(planned).toEqual(times);
  expect(sent).toEqual([1, 2, 3, 4]);
}); // prettier-ignore

test("after days without the program there is one digest with all of it", LONG, async () => {
  mails.length = 0;
  const { body } = await subscribe({ to: email, when: { cadence: "daily", hour: 7 } });
  await happens("first_seen", { title: "Before the silence" });
  now = new Date("2026-03-09T15:00:00Z");
  await deliver();
  const next = await api.inject({ url: `/api/v1/subscriptions/${body.id}`, headers });

  expect(mails).toHaveLength(1);
  expect(next.json().nextDigestAt).toBe("2026-03-10T07:00:00.000Z");
  await end(body.id);
});

test("what a page says cannot write into the head or the markup of a mail", LONG, async () => {
  mails.length = 0;
  const { body } = await subscribe({ to: email, name: "Roads\r\nBcc: victim@example.org" });
  const title = "Road <img src=x onerror=alert(1)>\r\nBcc: other@example.org\r\n\r\n<script>x</script>";
  await happens("first_seen", { title });
  await deliver();
  const [{ to, source } = { to: "", source: "" }] = mails;
  const [head = ""] = source.split("\r\n\r\n");

  expect(mails).toHaveLength(1);
  expect(to).toBe("team@example.org");
  expect(head).not.toMatch(/^bcc:/im);
  const html = source.slice(source.indexOf("<!doctype html>"));
  expect(html).toContain("&lt;script&gt;");
  expect(html).not.toMatch(/<(script|img)/);
  expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  await end(body.id);
});

test.each(["a@b.org, c@d.org", "a@b.org\r\nBcc: c@d.org", "Name <a@b.org>", "a@b.org\n", "ä@b.org", "@", "a b@c.org"])(
  "%j is not one plain address",
  async (address) => {
    expect((await subscribe({ to: { channel: "email", address } })).status).toBe(400);
  },
);

test("the link in a mail ends it with one click, and only its own", LONG, async () => {
  mails.length = 0;
  const { body } = await subscribe({ to: email });
  await happens("first_seen");
  await deliver();
  const source = mails[0]?.source.replaceAll("\r\n ", "") ?? "";
  const link = /^List-Unsubscribe: ?<https:\/\/gleaner\.example\.org(\/unsubscribe\/[^>]+)>/m.exec(source)?.[1] ?? "";
  const looked = await api.inject({ url: link });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const forged = await api.inject({ method: "POST", url: `${link.slice(0, -3)}abc`, headers: form, payload: "x=1" });
  const still = await api.inject({ url: `/api/v1/subscriptions/${body.id}`, headers });
  const ended = await api.inject({ method: "POST", url: link, headers: form, payload: "List-Unsubscribe=One-Click" });
  const after = await api.inject({ url: `/api/v1/subscriptions/${body.id}`, headers });

  expect(looked.statusCode).toBe(200);
  expect(forged.statusCode).toBe(404);
  expect(still.json().paused).toBeNull();
  expect(ended.statusCode).toBe(200);
  expect(after.json().paused).toMatchObject({ by: "receiver" });
  mails.length = 0;
  await happens("first_seen");
  await deliver();
  expect(mails).toHaveLength(0);
  await end(body.id);
});

test("a mail that is refused for good is a dead letter, and its history says so", LONG, async () => {
  const { body } = await subscribe({ to: { channel: "email", address: "nobody@example.org" } });
  const sent = await api.inject({ method: "POST", url: `/api/v1/subscriptions/${body.id}/test`, headers });
  await deliver();
  const history = await api.inject({ url: `/api/v1/subscriptions/${body.id}/deliveries`, headers: as("viewer") });

  expect(sent.statusCode).toBe(202);
  expect(history.json().items).toMatchObject([{ kind: "test", delivery: { state: "dead", lastError: "smtp_550" } }]);
  await end(body.id);
});

test("pausing, changing and ending are for operators", LONG, async () => {
  const { body } = await subscribe({ to: webhook });
  const url = `/api/v1/subscriptions/${body.id}`;
  const refused = await api.inject({ method: "POST", url: `${url}/pause`, headers: as("viewer") });
  const paused = await api.inject({ method: "POST", url: `${url}/pause`, headers });
  const payload = { events: ["vanished"], when: { cadence: "daily", hour: 5 } };
  const changed = await api.inject({ method: "PATCH", url, headers, payload });
  const resumed = await api.inject({ method: "POST", url: `${url}/resume`, headers });

  expect(refused.statusCode).toBe(403);
  expect(paused.json().paused).not.toBeNull();
  expect(changed.json()).toMatchObject({ events: ["vanished"], cadence: "daily", hour: 5, nextDigestAt: null });
  expect(resumed.json()).toMatchObject({ paused: null });
  expect(resumed.json().nextDigestAt).not.toBeNull();
  await end(body.id);
  expect((await api.inject({ url, headers })).statusCode).toBe(404);
});

test("an unknown time zone and a foreign scheme are refused", LONG, async () => {
  const zone = await subscribe({ to: webhook, when: { cadence: "daily", hour: 5, timezone: "Mars/Olympus" } });
  const scheme = await subscribe({ to: { channel: "webhook", url: "file:///etc/passwd" } });

  expect(zone.body.error.code).toBe("bad_schedule");
  expect(scheme.body.error.code).toBe("bad_subscription_url");
});
