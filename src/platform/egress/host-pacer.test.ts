import { describe, expect, it, vi } from "vitest";
import { HostPacer } from "./host-pacer.ts";

describe("the pace of a host", () => {
  it("lets the first start at once, the rest in order as places come free", async () => {
    const pacer = new HostPacer({ concurrency: 1 });
    const release = pacer.acquire("a", 0);
    expect(typeof release).toBe("function");
    const order: number[] = [];
    const waiting = [1, 2].map(async (n) => {
      const turn = await pacer.acquire("a", 0);
      order.push(n);
      turn();
    });
    expect(typeof pacer.acquire("b", 0)).toBe("function");
    expect(order).toEqual([]);
    if (typeof release === "function") release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
  });

  it("keeps the distance that was asked for, and the rest that a server wants", async () => {
    const pacer = new HostPacer({ concurrency: 5 });
    const startedAt = performance.now();
    (await pacer.acquire("a", 30))();
    (await pacer.acquire("a", 0))();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
    pacer.rest("a", 30);
    const restedAt = performance.now();
    (await pacer.acquire("a", 0))();
    expect(performance.now() - restedAt).toBeGreaterThanOrEqual(29);
  });

  it("keeps it among all who wait, also when the program was busy for longer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let now = 0;
    const pass = async (ms: number): Promise<void> => {
      now += ms;
      await vi.advanceTimersByTimeAsync(ms);
    };
    const pacer = new HostPacer({ concurrency: 5, now: () => now });
    const moments: number[] = [];
    const turns = [1, 2, 3, 4].map(async () => {
      const release = await pacer.acquire("a", 30);
      moments.push(now);
      release();
    });
    await pass(0);
    await pass(100);
    for (let ms = 0; ms < 80; ms += 1) await pass(1);
    await Promise.all(turns);
    vi.useRealTimers();
    expect(moments).toEqual([0, 100, 130, 160]);
  });

  it("does not keep a turn for who gave up, nor give one to who has already", async () => {
    const pacer = new HostPacer({ concurrency: 1 });
    const release = await pacer.acquire("a", 0);
    const stop = new AbortController();
    const tired = pacer.acquire("a", 0, stop.signal);
    const patient = pacer.acquire("a", 0);
    stop.abort(new Error("tired"));
    await expect(tired).rejects.toThrow("tired");
    await expect(pacer.acquire("a", 0, stop.signal)).rejects.toThrow("tired");
    release();
    (await patient)();
    expect(typeof pacer.acquire("a", 0)).toBe("function");
  });
});
