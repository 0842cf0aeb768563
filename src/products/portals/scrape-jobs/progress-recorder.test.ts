import { expect, test } from "vitest";
import { together } from "./progress-recorder.ts";

const started = { runId: "run-1", progress: { currentAction: "Opening the list" }, entry: null };
const page = { progress: { currentPage: 1, currentAction: "Read page 1" }, entry: { kind: "job.page" as const } };

test("the id of a run is not lost when a page follows before it was written", () => {
  expect(together(together(null, started), page)).toEqual({ ...page, runId: "run-1" });
});

test("what was noted last is what is done now", () => {
  expect(together(page, { progress: { currentAction: "Read page 2" }, entry: null })).toEqual({
    progress: { currentPage: 1, currentAction: "Read page 2" },
    entry: page.entry,
  });
});
