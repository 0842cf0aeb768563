import { afterEach, describe, expect, test } from "vitest";
import { noTelemetry, silentLogger } from "#kernel";
import { useOpenTestDatabase } from "#platform/storage/testing";
import { JobsStopped, JobUnknown } from "./errors.ts";
import { Jobs } from "./jobs.ts";

const database = await useOpenTestDatabase();
const opened: Jobs[] = [];
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop({ graceMs: 0 });
});

function newJobs(): Jobs {
  const jobs = new Jobs({
    database,
    logger: silentLogger,
    telemetry: noTelemetry,
    heartbeatSeconds: 10,
    superviseSeconds: 1,
    pollSeconds: 0.5,
  });
  opened.push(jobs);
  return jobs;
}

/** Collects what handlers were given, and waits for the n-th. */
function inbox<Data>() {
  const got: Data[] = [];
  return {
    got,
    take: (data: Data) => void got.push(data),
    async until(count: number): Promise<Data[]> {
      await expect.poll(() => got.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
      return got;
    },
  };
}

describe("a job", () => {
  test("that was sent is done", async () => {
    const jobs = newJobs();
    const { take, until } = inbox<{ n: number }>();
    jobs.define<{ n: number }>("sent", async (data) => take(data));
    await jobs.start();

    await jobs.send("sent", { n: 7 });

    expect(await until(1)).toEqual([{ n: 7 }]);
  });

  test("with a key is there once while it waits", async () => {
    const jobs = newJobs();
    jobs.declare("keyed");
    await jobs.start();

    const first = await jobs.send("keyed", { n: 1 }, { key: "portal-1" });
    const again = await jobs.send("keyed", { n: 2 }, { key: "portal-1" });
    const other = await jobs.send("keyed", { n: 3 }, { key: "portal-2" });

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("of high priority goes first", async () => {
    const sender = newJobs();
    sender.declare("ranked");
    await sender.start({ work: false });
    await sender.send("ranked", { name: "low" });
    await sender.send("ranked", { name: "high" }, { priority: 10 });
    await sender.stop();
    const worker = newJobs();
    const { take, until } = inbox<string>();
    worker.define<{ name: string }>("ranked", async ({ name }) => take(name));
    await worker.start();

    expect(await until(2)).toEqual(["high", "low"]);
  });

  test("sent in a transaction is there exactly if that commits", async () => {
    const jobs = newJobs();
    const { take, until } = inbox<{ n: number }>();
    jobs.define<{ n: number }>("together", async (data) => take(data));
    await jobs.start();

    const undone = database.db.transaction().execute(async (trx) => {
      await jobs.send("together", { n: 1 }, { trx });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await database.db.transaction().execute((trx) => jobs.send("together", { n: 2 }, { trx }));

    expect(await until(1)).toEqual([{ n: 2 }]);
  });

  test("that fails is tried again, and is a dead letter in the end", async () => {
    const jobs = newJobs();
    const { got, take, until } = inbox<string>();
    const fail = async (_data: object, { id }: { id: string }) => {
      take(id);
      throw new Error("no luck");
    };
    jobs.define("unlucky", fail, { retryLimit: 1, retrySeconds: 1 });
    await jobs.start();

    const id = await jobs.send("unlucky", { n: 1 });

    await until(2);
    expect(got).toEqual([id, id]);
    await expect.poll(() => jobs.deadLetters("unlucky")).toMatchObject([{ data: { n: 1 } }]);
    expect(await jobs.redrive("unlucky")).toBe(1);
    await until(3);
  });

  test("that is cancelled hears it, in whichever process it runs", async () => {
    const worker = newJobs();
    const started = Promise.withResolvers<void>();
    const heard = Promise.withResolvers<string>();
    const wait = (_data: object, { signal }: { signal: AbortSignal }) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          heard.resolve(String(signal.reason));
          reject(signal.reason);
        });
        started.resolve();
      });
    worker.define("long", wait);
    await worker.start();
    const desk = newJobs();
    desk.declare("long");
    await desk.start({ work: false });
    const id = await desk.send("long", {});
    await started.promise;

    await desk.cancel("long", id);

    expect(await heard.promise).toContain("cancelled");
  });

  test("that was cancelled before it began never runs", async () => {
    const sender = newJobs();
    sender.declare("never");
    await sender.start({ work: false });
    const id = await sender.send("never", { n: 1 });
    await sender.cancel("never", id);
    await sender.send("never", { n: 2 });
    await sender.stop();
    const worker = newJobs();
    const { take, until } = inbox<{ n: number }>();
    worker.define<{ n: number }>("never", async (data) => take(data));
    await worker.start();

    expect(await until(1)).toEqual([{ n: 2 }]);
  });

  test("that is not done when the program ends runs again with the next start", async () => {
    const first = newJobs();
    const started = Promise.withResolvers<void>();
    first.define("resumed", (_data, { signal }) => {
      started.resolve();
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    await first.start();
    await first.send("resumed", { n: 1 });
    await started.promise;
    await first.stop({ graceMs: 0 });

    const second = newJobs();
    const { take, until } = inbox<{ n: number }>();
    second.define<{ n: number }>("resumed", async (data) => take(data));
    await second.start();

    expect(await until(1)).toEqual([{ n: 1 }]);
  });

  test("of an unknown name is refused", async () => {
    const jobs = newJobs();
    await expect(jobs.send("unheard", {})).rejects.toThrow(JobUnknown);
    jobs.declare("heard");
    await expect(jobs.send("heard", {})).rejects.toThrow(JobsStopped);
  });
});

describe("a schedule", () => {
  test("comes due in its time zone, across a change of the clocks", async () => {
    const jobs = newJobs();
    await jobs.start();

    const runs = jobs.nextRuns("0 6 * * *", { tz: "Europe/Berlin", count: 2, from: new Date("2026-03-28T00:00:00Z") });

    expect(runs.map((run) => run.toISOString())).toEqual(["2026-03-28T05:00:00.000Z", "2026-03-29T04:00:00.000Z"]);
  });

  test("is set, changed and removed by name and key", async () => {
    const jobs = newJobs();
    jobs.declare("nightly");
    await jobs.start();

    await jobs.schedule("nightly", "0 6 * * *", {}, { tz: "Europe/Berlin", key: "portal-1" });
    await jobs.schedule("nightly", "0 7 * * *", {}, { tz: "Europe/Berlin", key: "portal-1" });

    expect(await jobs.schedules("nightly")).toEqual([
      { name: "nightly", key: "portal-1", cron: "0 7 * * *", tz: "Europe/Berlin" },
    ]);
    await jobs.unschedule("nightly", "portal-1");
    expect(await jobs.schedules("nightly")).toEqual([]);
  });

  test("that cannot be read is refused with an example", async () => {
    const jobs = newJobs();
    jobs.declare("nightly");
    await jobs.start();

    await expect(jobs.schedule("nightly", "at noon", {})).rejects.toThrow("0 6 * * 1-5");
    await expect(jobs.schedule("nightly", "0 6 * * *", {}, { tz: "Mars/Base" })).rejects.toThrow("Mars/Base");
  });
});
