import { expect, test } from "vitest";
import { newPortal, noteJob, type JobNews, type Portal } from "./portal.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const LATER = new Date("2026-01-06T08:00:00Z");
const watched: Portal = { ...newPortal("portal", "https://example.org/list", NOW), watched: true, nextRunAt: LATER };
const success: JobNews = { kind: "succeeded", found: 3, complete: true, recipeId: null };

function after(portal: Portal, news: readonly JobNews[], pauseAfter = 2): Portal {
  return news.reduce((current, each) => noteJob(current, each, NOW, pauseAfter), portal);
}

test("failures are counted until a success", () => {
  const failedOnce = after(watched, [{ kind: "failed" }]);

  expect(failedOnce).toMatchObject({ consecutiveFailures: 1, status: "failed", paused: null, nextRunAt: LATER });
  expect(after(failedOnce, [success, { kind: "failed" }])).toMatchObject({ consecutiveFailures: 1, paused: null });
});

test("the last failure of so many in a row pauses the portal", () => {
  expect(after(watched, [{ kind: "failed" }, { kind: "failed" }])).toMatchObject({
    paused: { at: NOW, by: "gleaner", reason: "2 jobs in a row failed." },
    nextRunAt: null,
  });
});

test("with 0 no number of failures pauses", () => {
  const failures = Array.from({ length: 20 }, () => ({ kind: "failed" as const }));

  expect(after(watched, failures, 0)).toMatchObject({ consecutiveFailures: 20, paused: null });
});

test("a success resumes what the program paused, and leaves what a person paused", () => {
  const byProgram = after(watched, [{ kind: "failed" }, { kind: "failed" }]);
  const byPerson: Portal = { ...watched, paused: { at: NOW, by: "key-1", reason: "moving" }, nextRunAt: null };

  expect(after(byProgram, [success]).paused).toBeNull();
  expect(after(byPerson, [success]).paused).toMatchObject({ by: "key-1" });
});
