import { describe, expect, test } from "vitest";
import { JobFinished, JobNotWaiting, JobTakenOver } from "../errors.ts";
import { JobPaused } from "./errors.ts";
import {
  cancel,
  continueAfterWall,
  fail,
  finish,
  giveUpAtWall,
  leaveWall,
  NO_PROGRESS,
  progressed,
  release,
  pause,
  requestCancel,
  requestPause,
  resume,
  start,
  stopAtWall,
  type Queued,
  type Running,
} from "./scrape-job.ts";
import type { JobCompleteness, ScrapeFailure } from "./stored-job.ts";

const NOON = new Date("2026-01-01T12:00:00Z");
const LATER = new Date("2026-01-01T12:10:00Z");
const queued: Queued = {
  id: "job",
  sequence: 1,
  request: { url: "https://example.org/list", portalId: "portal", configuration: {} },
  attempt: 0,
  lostWorkers: 0,
  runId: null,
  recipeId: null,
  progress: NO_PROGRESS,
  attentionId: null,
  cancelRequestedAt: null,
  queuedAt: NOON,
  startedAt: null,
  updatedAt: NOON,
  status: "queued",
};
const completeness: JobCompleteness = {
  state: "complete",
  reason: "All 27 of 27.",
  pagesSeen: 3,
  pagesDeclared: 3,
  totalDeclared: 27,
  found: 27,
  duplicates: 0,
  gaps: [],
  stopped: "last_page",
};
const failure: ScrapeFailure = { type: "network_error", code: "unreachable", message: "Gone.", recoverable: true };
const wall = { kind: "captcha", url: "https://example.org/list", message: "A person has to look." };
const taking = { now: NOON, maxLostWorkers: 3 };

function running(job: Parameters<typeof start>[0] = queued): Running {
  const taken = start(job, taking);
  if (taken.status !== "running") throw new Error(`The job is ${taken.status}.`);
  return taken;
}

describe("pausing", () => {
  test("holds a queued job at once, and a running one when its worker has stopped", () => {
    expect(requestPause(queued, LATER)).toMatchObject({ status: "paused", updatedAt: LATER });
    const asked = requestPause(running(), LATER);
    expect(asked).toMatchObject({ status: "running", pauseRequestedAt: LATER });
    expect(pause(asked, 1, LATER)).toMatchObject({ status: "paused", startedAt: NOON });
    expect(release(asked, 1, LATER)).toMatchObject({ status: "paused" });
  });

  test("is undone by resuming, also while the worker is still stopping", () => {
    expect(resume(requestPause(queued, NOON), LATER)).toMatchObject({ status: "queued" });
    const asked = requestPause(running(), NOON);
    const resumed = resume(asked, LATER);
    expect(resumed).toMatchObject({ status: "running", pauseRequestedAt: null });
    expect(pause(resumed, 1, LATER)).toMatchObject({ status: "queued" });
  });

  test("gives way to cancelling", () => {
    const cancelled = requestCancel(requestPause(running(), NOON), LATER);
    expect(pause(cancelled, 1, LATER)).toMatchObject({ status: "cancelled" });
    expect(requestPause(requestCancel(running(), NOON), LATER)).toMatchObject({ status: "running" });
    expect(requestCancel(requestPause(queued, NOON), LATER)).toMatchObject({ status: "cancelled" });
  });

  test("is kept when the worker is lost", () => {
    expect(start(requestPause(running(), NOON), taking)).toMatchObject({ status: "paused", lostWorkers: 1 });
    expect(() => start(requestPause(queued, NOON), taking)).toThrow(JobPaused);
  });
});

describe("start", () => {
  test("gives the job to a worker as its first attempt", () => {
    expect(running()).toMatchObject({ status: "running", attempt: 1, lostWorkers: 0, startedAt: NOON });
  });

  test("takes a running job over, and what its former worker brings is late", () => {
    const first = running();
    const second = running(first);

    expect(second).toMatchObject({ attempt: 2, lostWorkers: 1, startedAt: NOON });
    expect(() => finish(second, first.attempt, { completeness, recipeId: null }, LATER)).toThrow(JobTakenOver);
    expect(() => progressed(second, first.attempt, {}, LATER)).toThrow(JobTakenOver);
  });

  test("fails a job that has cost too many workers", () => {
    const third = running(running(running()));

    expect(start(third, taking)).toMatchObject({
      status: "failed",
      error: { code: "worker_lost", type: "page_crash" },
    });
  });

  test("ends a job at once that was cancelled while its worker was lost", () => {
    expect(start(requestCancel(running(), NOON), taking)).toMatchObject({ status: "cancelled" });
  });

  test("refuses a job that has ended or that waits for a person", () => {
    const ended = finish(running(), 1, { completeness, recipeId: null }, NOON);
    const waiting = stopAtWall(running(), 1, { wall, attentionId: "attention" }, NOON);

    expect(() => start(ended, taking)).toThrow(JobFinished);
    expect(() => start(waiting, taking)).toThrow(JobNotWaiting);
  });
});

describe("an end", () => {
  test("is complete, or incomplete when something is missing; not knowing is no failure", () => {
    const end = (state: JobCompleteness["state"]) =>
      finish(running(), 1, { completeness: { ...completeness, state }, recipeId: "recipe" }, LATER);

    expect(end("complete")).toMatchObject({ status: "completed", recipeId: "recipe", finishedAt: LATER });
    expect(end("unknown")).toMatchObject({ status: "completed" });
    expect(end("incomplete")).toMatchObject({ status: "incomplete" });
  });

  test("is there once: nothing follows it", () => {
    const ends = [
      finish(running(), 1, { completeness, recipeId: null }, NOON),
      fail(running(), 1, failure, NOON),
      cancel(running(), 1, NOON),
    ];

    for (const end of ends) {
      expect(() => finish(end, 1, { completeness, recipeId: null }, LATER)).toThrow(JobFinished);
      expect(() => fail(end, 1, failure, LATER)).toThrow(JobFinished);
      expect(() => requestCancel(end, LATER)).toThrow(JobFinished);
      expect(() => continueAfterWall(end, LATER)).toThrow(JobFinished);
    }
  });

  test("leaves behind what belongs to an earlier state", () => {
    const failed = giveUpAtWall(stopAtWall(running(), 1, { wall, attentionId: "attention" }, NOON), LATER);

    expect(failed).toMatchObject({ status: "failed", error: { type: "captcha_detected", recoverable: false } });
    expect(failed).not.toHaveProperty("wall");
  });
});

describe("cancelling", () => {
  test("ends at once what nobody works on", () => {
    expect(requestCancel(queued, NOON)).toMatchObject({ status: "cancelled", finishedAt: NOON });
    expect(requestCancel(stopAtWall(running(), 1, { wall, attentionId: "attention" }, NOON), LATER)).toMatchObject({
      status: "cancelled",
    });
  });

  test("leaves a running job to its worker, and counts from the first request", () => {
    const asked = requestCancel(requestCancel(running(), NOON), LATER);

    expect(asked).toMatchObject({ status: "running", cancelRequestedAt: NOON });
  });
});

describe("a worker that has to go", () => {
  test("gives the job back with its run, and nobody counts as lost", () => {
    const back = release(progressed(running(), 1, { runId: "run" }, NOON), 1, LATER);

    expect(back).toMatchObject({ status: "queued", runId: "run", lostWorkers: 0, attempt: 1 });
    expect(running(back)).toMatchObject({ attempt: 2, lostWorkers: 0 });
  });

  test("ends the job if it was to be cancelled", () => {
    expect(release(requestCancel(running(), NOON), 1, LATER)).toMatchObject({ status: "cancelled" });
  });
});

test("after a cleared wall a new harvest begins, and late workers stay late", () => {
  const stopped = stopAtWall(
    progressed(running(), 1, { runId: "run" }, NOON),
    1,
    { wall, attentionId: "attention" },
    NOON,
  );
  const again = running(continueAfterWall(stopped, LATER));

  expect(again).toMatchObject({ attempt: 2, runId: null, attentionId: null });
  expect(() => fail(again, 1, failure, LATER)).toThrow(JobTakenOver);
});

describe("a worker that waits at a wall", () => {
  const attended = stopAtWall(running(), 1, { wall, attentionId: "attention", until: LATER }, NOON);

  test("goes on in place when a person says so, and when nobody came", () => {
    expect(continueAfterWall(attended, NOON)).toMatchObject({ status: "running", attempt: 1, attentionId: null });
    const left = leaveWall(attended, 1, LATER);
    expect(left).toMatchObject({ status: "running", attempt: 1 });
    expect(left).not.toHaveProperty("personUntil");
    expect(leaveWall(continueAfterWall(attended, NOON), 1, LATER)).toMatchObject({ status: "running" });
  });

  test("is told of a cancel, and ends the job itself", () => {
    const asked = requestCancel(attended, NOON);
    expect(asked).toMatchObject({ status: "running", cancelRequestedAt: NOON });
    expect(cancel(asked, 1, LATER)).toMatchObject({ status: "cancelled" });
  });

  test("leaves the wall to the next person when it is lost", () => {
    const found = start(attended, taking);
    expect(found).toMatchObject({ status: "needs_person", personUntil: null });
    expect(() => leaveWall(found, 1, LATER)).toThrow(JobTakenOver);
    expect(continueAfterWall(found, LATER)).toMatchObject({ status: "queued" });
  });

  test("holds nothing up where a person has given the job up", () => {
    expect(() => leaveWall(giveUpAtWall(attended, NOON), 1, LATER)).toThrow(JobFinished);
  });
});

test("progress keeps what it does not mention", () => {
  const first = progressed(running(), 1, { progress: { currentPage: 2, opportunitiesFound: 20 }, runId: "run" }, NOON);
  const second = progressed(first, 1, { progress: { currentPage: 3 } }, LATER);

  expect(second.progress).toMatchObject({ currentPage: 3, opportunitiesFound: 20 });
  expect(second.runId).toBe("run");
});
