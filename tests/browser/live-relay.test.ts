import { createServer } from "node:http";
import { afterAll, expect, test, vi } from "vitest";
import { BrowserPool, type LiveFrame } from "#engines/browser";
import { newId, silentLogger } from "#kernel";
import { AddressGuard } from "#platform/egress";
import { openSignals } from "#platform/signals";
import { SecretSeal } from "#platform/storage";
import { useOpenTestDatabase } from "#platform/storage/testing";
import type { LiveState, Viewer } from "#products/portals";
import { LiveReceiver, LiveSender, LiveStages } from "#products/portals/testing";

const LIMIT = 60_000;
const FIELD = `<!doctype html><title>Field</title><input style="position:absolute;left:0;top:0;width:50vw;height:50vh">`;

const signals = openSignals({ database: await useOpenTestDatabase() });
const seal = new SecretSeal([{ id: "0707abcd", bytes: new Uint8Array(32).fill(7) }]);
const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(FIELD));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts: [host] }), maxBrowsers: 1 });
afterAll(async () => {
  await pool.close();
  server.close();
  await signals.close();
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 30 });

interface Watcher extends Viewer {
  readonly frames: LiveFrame[];
  readonly states: (LiveState & { isDriver: boolean })[];
}

function watcher(name: string): Watcher {
  const frames: LiveFrame[] = [];
  const states: (LiveState & { isDriver: boolean })[] = [];
  return {
    name,
    frames,
    states,
    onFrame: async (frame) => void frames.push(frame),
    onState: (state, isDriver) => void states.push({ ...state, isDriver }),
  };
}

/** A process with the API's role: it has viewers and no jobs. */
function viewers(key = seal) {
  const stages = new LiveStages();
  return {
    stages,
    receiver: new LiveReceiver({ signals, seal: key, logger: silentLogger, stages, askEveryMs: 100 }, newId()),
  };
}

test(
  "a job in one process is watched and driven from another, and what is typed travels sealed",
  { timeout: LIMIT },
  async () => {
    const worker = { stages: new LiveStages() };
    const stop = await new LiveSender({ signals, seal, logger: silentLogger, ...worker, everyMs: 50 }, newId()).open();
    const travelled: string[] = [];
    const unhear = await signals.subscribe(
      "scrape-live-orders",
      (message) => void travelled.push(JSON.stringify(message)),
    );
    const api = viewers();
    const anna = watcher("Anna");
    const leave = await api.receiver.bring("job");
    const { stage } = api.stages.watch("job", anna);

    const play = worker.stages.enter("job");
    const session = await pool.openSession();
    await session.goto(`http://${host}/page?secret=1`);
    play.show(session.live);
    await until(() => expect(anna.states.at(-1)).toMatchObject({ showing: true, url: `http://${host}/page` }));
    await until(() => expect(anna.frames.length).toBeGreaterThan(0));
    expect([...(anna.frames[0]?.jpeg.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);

    await expect(stage.input(anna, { type: "text", text: "early" })).rejects.toMatchObject({ code: "not_taken_over" });
    await stage.takeOver(anna);
    expect(session.live.isTakenOver).toBe(true);
    expect(anna.states.at(-1)).toMatchObject({ driver: "Anna", isDriver: true });
    await stage.input(anna, { type: "pointer", action: "down", x: 0.1, y: 0.1 });
    await stage.input(anna, { type: "pointer", action: "up", x: 0.1, y: 0.1 });
    await stage.input(anna, { type: "text", text: "hunter2" });
    await stage.input(anna, { type: "key", key: "a", modifiers: ["Control"] });

    const other = viewers();
    const bert = watcher("Bert");
    const leaveToo = await other.receiver.bring("job");
    const second = other.stages.watch("job", bert);
    await until(() => expect(bert.states.at(-1)).toMatchObject({ showing: true }));
    await expect(second.stage.takeOver(bert)).rejects.toMatchObject({
      code: "live_taken",
      details: { driver: "Anna" },
    });

    stage.giveBack(anna);
    await until(async () => expect(session.live.isTakenOver).toBe(false));
    expect((await session.snapshot()).html).toContain('value="hunter2"');
    expect(travelled.join(" ")).not.toContain("hunter2");

    await stage.takeOver(anna);
    play.giveBack();
    await until(() => expect(anna.states.at(-1)).toMatchObject({ driver: null, isDriver: false }));
    await session.close();
    await until(() => expect(anna.states.at(-1)).toMatchObject({ showing: false }));
    leave();
    leaveToo();
    play.leave();
    await Promise.all([api.receiver.close(), other.receiver.close(), stop(), unhear()]);
  },
);

test("who has another key sees nothing and drives nothing", { timeout: LIMIT }, async () => {
  const stages = new LiveStages();
  const stop = await new LiveSender({ signals, seal, logger: silentLogger, stages, everyMs: 50 }, newId()).open();
  const play = stages.enter("locked");
  const session = await pool.openSession();
  play.show(session.live);
  const stranger = viewers(new SecretSeal([{ id: "0707abcd", bytes: new Uint8Array(32).fill(8) }]));
  const eve = watcher("Eve");
  const leave = await stranger.receiver.bring("locked");
  stranger.stages.watch("locked", eve);
  const friend = viewers();
  const anna = watcher("Anna");
  const leaveToo = await friend.receiver.bring("locked");
  friend.stages.watch("locked", anna);
  await until(() => expect(anna.states.at(-1)).toMatchObject({ showing: true }));
  expect(eve.states.every(({ showing }) => !showing)).toBe(true);
  expect(eve.frames).toEqual([]);
  leave();
  leaveToo();
  await session.close();
  play.leave();
  await Promise.all([stranger.receiver.close(), friend.receiver.close(), stop()]);
});
