import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import type { WebSocket } from "@fastify/websocket";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import type { Role } from "#platform/operators";
import { browserProcessesBelow } from "../browser/local-site.ts";
import { startSite } from "../sites/local-site.ts";
import { CAPTCHA_WORD, captchaGate } from "../sites/walled-lists.ts";
import { openTestApi } from "./open-test-api.ts";

const COUNT = 24;
const drawn = await startSite(captchaGate({ count: COUNT, size: 10, from: 2, scripted: true }));
const plain = await startSite(captchaGate({ count: COUNT, size: 10 }));
const allowHosts = [drawn.host, plain.host];
const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts }), idleMs: 1 });
const WAIT_MS = 60_000;
const LIMIT = 90_000;
const open = { allowHosts, work: true, browsers: async () => pool };
const { api, as, audit } = await openTestApi({ ...open, wallWaitMs: WAIT_MS });
const hasty = await openTestApi({ ...open, wallWaitMs: 500 });
const sockets: WebSocket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(async () => {
  await pool.close();
  await Promise.all([drawn.close(), plain.close()]);
});

interface Watcher {
  readonly socket: WebSocket;
  readonly frames: Buffer[];
  readonly states: Record<string, unknown>[];
  readonly errors: { code: string; message: string }[];
  readonly closed: Promise<number>;
  send(message: object | string): void;
}

async function watch(jobId: string, role: Role = "operator"): Promise<Watcher> {
  const heard: Pick<Watcher, "frames" | "states" | "errors"> = { frames: [], states: [], errors: [] };
  const closed = Promise.withResolvers<number>();
  const onInit = (made: WebSocket) => {
    made.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) return void heard.frames.push(data);
      const message = JSON.parse(data.toString());
      (message.type === "error" ? heard.errors : heard.states).push(message);
    });
    made.on("close", closed.resolve);
  };
  const socket = await api.injectWS(`/api/v1/jobs/${jobId}/live`, { headers: as(role) }, { onInit });
  sockets.push(socket);
  const send = (message: object | string) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return { socket, ...heard, closed: closed.promise, send };
}

const until = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 40_000, interval: 50 });

let jobs = 0;

async function submit(url: string, at = { api, as }): Promise<string> {
  const jobId = `live-${++jobs}`;
  const payload = { jobId, url, portalId: `portal-${jobs}`, configuration: {} };
  const reply = await at.api.inject({ method: "POST", url: "/scrape", headers: at.as("operator"), payload });
  expect(reply.statusCode).toBe(202);
  return jobId;
}

async function job(jobId: string, at = { api, as }) {
  return (await at.api.inject({ url: `/api/v1/jobs/${jobId}`, headers: at.as("viewer") })).json();
}

async function inState(jobId: string, state: string, at = { api, as }) {
  return until(async () => {
    const now = await job(jobId, at);
    expect(now.state).toBe(state);
    return now;
  });
}

async function kinds(jobId: string, at = { api, as }): Promise<string[]> {
  const { items } = (await at.api.inject({ url: `/api/v1/jobs/${jobId}/events`, headers: at.as("viewer") })).json();
  return items.map(({ kind }: { kind: string }) => kind);
}

const post = (path: string, role: Role = "operator") => api.inject({ method: "POST", url: path, headers: as(role) });

async function typeTheWord({ send, states }: Watcher): Promise<void> {
  send({ type: "take-over" });
  await until(() => expect(states.at(-1)).toMatchObject({ isYours: true }));
  send({ type: "pointer", action: "down", x: 0.1, y: 0.1 });
  send({ type: "pointer", action: "up", x: 0.1, y: 0.1 });
  send({ type: "text", text: CAPTCHA_WORD });
  send({ type: "key", key: "Enter" });
}

async function noBrowserIsLeft(): Promise<void> {
  await until(() => expect(browserProcessesBelow(process.pid)).toEqual([]));
}

describe("a wall in a browser job", () => {
  test(
    "is cleared by a person who takes over, and the same job goes on in place and completes",
    { timeout: LIMIT },
    async () => {
      const jobId = await submit(`${drawn.url}/tenders`);
      const stopped = await inState(jobId, "needs_person");
      expect(stopped).toMatchObject({ attempt: 1, wall: { kind: "captcha" }, personUntil: expect.any(String) });
      const [item] = (await api.inject({ url: "/api/v1/attention", headers: as("viewer") })).json().items;
      expect(item).toMatchObject({ subject: `scrape-job:${jobId}`, details: { view: `/jobs/${jobId}` } });

      const watcher = await watch(jobId);
      await until(() => expect(watcher.frames.length).toBeGreaterThan(0));
      expect([...(watcher.frames[0]?.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);
      await typeTheWord(watcher);
      await until(() => expect(drawn.requests).toContain("POST /verify"));
      await until(() => expect(watcher.states.at(-1)).toMatchObject({ url: `${drawn.url}/tenders` }));
      expect((await post(`/api/v1/jobs/${jobId}/continue`)).json()).toMatchObject({ state: "running", attempt: 1 });

      const ended = await inState(jobId, "completed");
      expect(ended).toMatchObject({ attempt: 1, progress: { opportunitiesFound: COUNT } });
      expect((await kinds(jobId)).filter((kind) => kind !== "job.page")).toEqual([
        "job.queued",
        "job.started",
        "job.learned",
        "job.wall",
        "job.continued",
        "job.completed",
      ]);
      await until(() => expect(watcher.states.at(-1)).toMatchObject({ showing: false, isYours: false }));
      const { result } = (await api.inject({ url: `/status/${jobId}`, headers: as("viewer") })).json();
      const pictured = result.interactions.filter(
        ({ screenshot }: { screenshot?: string }) => screenshot !== undefined,
      );
      expect(pictured).toHaveLength(3);
      const actions = (await audit.list({ limit: 100 })).filter(({ subject }) => subject === jobId);
      expect(actions.map(({ action }) => action)).toEqual([
        ...["api.continueJob", "live.given-back", "live.taken-over", "api.startScrape"],
      ]);
      await noBrowserIsLeft();
    },
  );

  test("stays when nobody comes: the job ends at the wall, and no browser is left", { timeout: LIMIT }, async () => {
    const jobId = await submit(`${drawn.url}/tenders`, hasty);
    await until(async () => expect(await kinds(jobId, hasty)).toContain("job.unattended"));
    const ended = await until(async () => {
      const now = await job(jobId, hasty);
      expect(now).toMatchObject({ state: "needs_person", personUntil: null });
      return now;
    });
    expect(ended).toMatchObject({ wall: { kind: "captcha" }, progress: { opportunitiesFound: 10 } });
    await noBrowserIsLeft();
  });

  test("is left when the job is cancelled during a take-over, and no browser is left", { timeout: LIMIT }, async () => {
    const jobId = await submit(`${drawn.url}/tenders`);
    await inState(jobId, "needs_person");
    const watcher = await watch(jobId);
    await until(() => expect(watcher.states.at(-1)).toMatchObject({ showing: true }));
    watcher.send({ type: "take-over" });
    await until(() => expect(watcher.states.at(-1)).toMatchObject({ isYours: true, driver: "operator" }));
    expect((await post(`/cancel/${jobId}`)).json()).toMatchObject({ success: true });
    await inState(jobId, "cancelled");
    await until(() => expect(watcher.states.at(-1)).toMatchObject({ showing: false, isYours: false }));
    await noBrowserIsLeft();
  });
});

test("a wall met without a browser is shown in one, and its cookies take the job on", { timeout: LIMIT }, async () => {
  const jobId = await submit(`${plain.url}/tenders`);
  await inState(jobId, "needs_person");
  const watcher = await watch(jobId);
  await until(() => expect(watcher.frames.length).toBeGreaterThan(0));
  await typeTheWord(watcher);
  await until(() => expect(plain.requests).toContain("POST /verify"));
  await until(() => expect(plain.requests.at(-1)).toMatch(/^GET \/tenders/));
  await post(`/api/v1/jobs/${jobId}/continue`);
  expect(await inState(jobId, "completed")).toMatchObject({ attempt: 1, progress: { opportunitiesFound: COUNT } });
  await noBrowserIsLeft();
});

describe("the live view", () => {
  test("lets viewers watch, and only one operator drive", { timeout: LIMIT }, async () => {
    const jobId = await submit(`${drawn.url}/tenders`);
    const early = await watch(jobId, "viewer");
    await inState(jobId, "needs_person");
    await until(() => expect(early.frames.length).toBeGreaterThan(0));
    expect(early.states.at(-1)).toMatchObject({ showing: true, driver: null, mayDrive: false });
    early.send({ type: "take-over" });
    await until(() => expect(early.errors.at(-1)).toMatchObject({ code: "role_too_low" }));

    const first = await watch(jobId);
    first.send({ type: "text", text: "too early" });
    await until(() => expect(first.errors.at(-1)).toMatchObject({ code: "not_taken_over" }));
    first.send({ type: "take-over" });
    await until(() => expect(first.states.at(-1)).toMatchObject({ isYours: true }));
    const second = await watch(jobId, "admin");
    second.send({ type: "take-over" });
    await until(() => expect(second.errors.at(-1)).toMatchObject({ code: "live_taken" }));
    second.send({ type: "text", text: "not mine" });
    await until(() => expect(second.errors.at(-1)).toMatchObject({ code: "live_taken" }));
    first.socket.terminate();
    await until(() => expect(second.states.at(-1)).toMatchObject({ driver: null }));
    second.send({ type: "take-over" });
    await until(() => expect(second.states.at(-1)).toMatchObject({ isYours: true }));
    await post(`/cancel/${jobId}`);
    await inState(jobId, "cancelled");
    await noBrowserIsLeft();
  });

  test("answers hostile messages with a clear error, and hangs up on who goes on", { timeout: LIMIT }, async () => {
    const jobId = await submit(`${plain.url}/robots-forbids-nothing`);
    const hostile = [
      "no JSON at all",
      "[]",
      "null",
      `{"type":"__proto__"}`,
      `{"type":"pointer","action":"down","x":1e999,"y":0}`,
      `{"type":"pointer","action":"drag","x":0,"y":0}`,
      `{"type":"key","key":"F12"}`,
      `{"type":"key","key":"Control+L"}`,
      `{"type":"text","text":"${"x".repeat(3_000)}"}`,
      `{"type":"take-over","as":"admin"}`,
    ];
    const watcher = await watch(jobId);
    for (const message of hostile) watcher.send(message);
    watcher.socket.send(Buffer.from([0xff, 0xfe, 0x00]), { binary: true });
    await until(() => expect(watcher.errors).toHaveLength(hostile.length + 1));
    expect(new Set(watcher.errors.map(({ code }) => code))).toEqual(new Set(["live_message_malformed"]));
    for (let more = 0; more < 20; more += 1) watcher.send("{}");
    expect(await watcher.closed).toBe(1_008);

    const flood = await watch(jobId);
    for (let more = 0; more < 600; more += 1) flood.send({ type: "give-back" });
    expect(await flood.closed).toBe(1_008);
    expect(flood.errors.at(-1)).toMatchObject({ code: "too_many_live_messages" });

    const large = await watch(jobId);
    large.send(`{"type":"text","text":"${"x".repeat(20_000)}"}`);
    expect(await large.closed).toBe(1_009);
  });

  test("is refused to who is not signed in, to pages of other sites, and for a job that is not there", async () => {
    const path = "/api/v1/jobs/nothing/live";
    await expect(api.injectWS(path)).rejects.toThrow("401");
    await expect(api.injectWS(path, { headers: { authorization: "Bearer wrong" } })).rejects.toThrow("401");
    const origin = "https://evil.example";
    await expect(api.injectWS(path, { headers: { ...as("operator"), origin } })).rejects.toThrow("403");
    await expect(api.injectWS(path, { headers: as("bot") })).rejects.toThrow("403");
    const missing = await watch("nothing");
    await missing.closed;
    expect(missing.errors.at(-1)).toMatchObject({ code: "job_not_found" });
    const asked = await api.inject({ url: path, headers: as("viewer") });
    expect(asked.json()).toMatchObject({ error: { code: "not_a_websocket" } });
  });
});
