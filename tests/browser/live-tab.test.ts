import { afterEach, describe, expect, it, vi } from "vitest";
import { BrowserPool, type BrowserSession, type LiveFrame } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { browserProcessesBelow, serveSite, type LocalSite } from "./local-site.ts";

const pools: BrowserPool[] = [];
const sites: LocalSite[] = [];

afterEach(async () => {
  await Promise.all([...pools.splice(0).map((pool) => pool.close()), ...sites.splice(0).map((site) => site.close())]);
  expect(browserProcessesBelow(process.pid)).toEqual([]);
});

const FORM = `<!doctype html><title>Form</title><style>body{margin:0}button,input{position:absolute;left:0;width:400px;height:100px}
button{top:0}input{top:200px}</style><button onclick="document.title='pressed'">Press</button><input aria-label="Word">
<div style="height:5000px"></div>`;
const MOVING = `<!doctype html><title>Moving</title><style>@keyframes go{to{transform:translateX(500px)}}
h1{width:100px;background:red;animation:go 1s linear infinite alternate}</style><h1>Go</h1>`;

async function open(html: string): Promise<BrowserSession> {
  const site = await serveSite({ "*": html });
  const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [site.host] }), maxBrowsers: 1 });
  sites.push(site);
  pools.push(pool);
  const session = await pool.openSession({ viewport: { width: 1000, height: 800 } });
  await session.goto(site.base);
  return session;
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe("a tab that people watch", () => {
  it("shows every viewer pictures of the page, also one who comes late to a page that stands still", async () => {
    const { live } = await open(FORM);
    const first: LiveFrame[] = [];
    const second: LiveFrame[] = [];
    live.watch(async (frame) => void first.push(frame));
    await until(() => expect(first.length).toBeGreaterThan(0));
    live.watch(async (frame) => void second.push(frame));
    await until(() => expect(second.length).toBeGreaterThan(0));
    expect([...(second[0]?.jpeg.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);
  });

  it("leaves pictures out for a slow viewer, and gives it the newest next", async () => {
    const { live } = await open(MOVING);
    const quick: number[] = [];
    const slow: number[] = [];
    let release = Promise.withResolvers<void>();
    live.watch(async ({ number }) => void quick.push(number));
    live.watch(async ({ number }) => {
      slow.push(number);
      await release.promise;
    });
    await until(() => expect(quick.length).toBeGreaterThan(5));
    expect(slow).toHaveLength(1);
    const newest = quick.at(-1) ?? 0;
    release.resolve();
    release = Promise.withResolvers();
    await until(() => expect(slow.length).toBeGreaterThan(1));
    expect(slow[1]).toBeGreaterThanOrEqual(newest);
  });

  it("films no longer than somebody watches, and no viewer that throws is asked again", async () => {
    const { live } = await open(MOVING);
    let asked = 0;
    live.watch(async () => {
      asked += 1;
      throw new Error("gone");
    });
    const seen: number[] = [];
    const stop = live.watch(async ({ number }) => void seen.push(number));
    await until(() => expect(seen.length).toBeGreaterThan(3));
    stop();
    stop();
    const count = seen.length;
    const again: number[] = [];
    live.watch(async ({ number }) => void again.push(number));
    await until(() => expect(again.length).toBeGreaterThan(2));
    expect(seen).toHaveLength(count);
    expect(asked).toBe(1);
  });

  it("ends with its session", async () => {
    const session = await open(MOVING);
    const seen: number[] = [];
    session.live.watch(async ({ number }) => void seen.push(number));
    await until(() => expect(seen.length).toBeGreaterThan(0));
    await session.live.takeOver();
    await session.close();
    await session.live.ended;
    expect(session.live.isTakenOver).toBe(false);
    await expect(session.live.input({ type: "text", text: "late" })).rejects.toMatchObject({ code: "not_taken_over" });
  });
});

describe("a tab that a person takes over", () => {
  it("takes input of a person, and none before", async () => {
    const session = await open(FORM);
    const { live } = session;
    await expect(live.input({ type: "key", key: "Enter" })).rejects.toMatchObject({ code: "not_taken_over" });
    await live.takeOver();
    await live.input({ type: "pointer", action: "down", x: 0.1, y: 0.05 });
    await live.input({ type: "pointer", action: "up", x: 0.1, y: 0.05 });
    await live.input({ type: "pointer", action: "down", x: 0.1, y: 0.3 });
    await live.input({ type: "pointer", action: "up", x: 0.1, y: 0.3 });
    await live.input({ type: "text", text: "Gruß an 東京" });
    await live.input({ type: "key", key: "Backspace" });
    await live.input({ type: "scroll", x: 0.5, y: 0.5, dx: 0, dy: 700 });
    live.giveBack();
    const { html, title } = await session.snapshot();
    expect(title).toBe("pressed");
    expect(html).toContain('value="Gruß an 東"');
  });

  it("makes the program wait, and lets it go on", async () => {
    const session = await open(FORM);
    const { live } = session;
    await live.takeOver();
    let isDone = false;
    const step = session.snapshot().then(() => (isDone = true));
    await live.input({ type: "key", key: "Tab" });
    expect(isDone).toBe(false);
    live.giveBack();
    await step;
  });

  it("does not keep a step waiting that is cancelled meanwhile", async () => {
    const session = await open(FORM);
    const stop = new AbortController();
    await session.live.takeOver();
    const step = session.click("button", { signal: stop.signal });
    stop.abort(new Error("cancelled"));
    await expect(step).rejects.toThrow("cancelled");
    session.live.giveBack();
    expect((await session.snapshot()).title).toBe("Form");
  });

  it("may send what the fence keeps the program from sending", async () => {
    const session = await open(
      `<!doctype html><title>Ask</title><form method="post" action="/sent"><button style="position:absolute;left:0;top:0;width:400px;height:400px">Send</button></form>`,
    );
    const fence = await session.fence({ hosts: [new URL(session.url).host] });
    await session.click("button");
    expect(fence.takeRefused()).toHaveLength(1);
    expect(new URL(session.url).pathname).toBe("/");
    await session.live.takeOver();
    await session.live.input({ type: "pointer", action: "down", x: 0.1, y: 0.1 });
    await session.live.input({ type: "pointer", action: "up", x: 0.1, y: 0.1 });
    await until(() => expect(new URL(session.url).pathname).toBe("/sent"));
    session.live.giveBack();
    await session.click("button");
    expect(fence.takeRefused()).toHaveLength(1);
  });
});
