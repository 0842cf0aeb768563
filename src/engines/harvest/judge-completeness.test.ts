import { expect, test } from "vitest";
import type { StopReason } from "./completeness.ts";
import { judgeCompleteness } from "./judge-completeness.ts";
import { newWalk, type WalkState } from "./walk/walk-state.ts";

const walked: WalkState = {
  ...newWalk(null),
  pages: 3,
  found: 30,
  current: 3,
  numbersSeen: [1, 2, 3],
  hadPager: true,
  pagerEnded: true,
  firstPageRecords: 10,
};
const single: WalkState = {
  ...walked,
  pages: 1,
  found: 10,
  current: 1,
  numbersSeen: [1],
  hadPager: false,
  pagerEnded: false,
};

const state = (walk: WalkState, stopped: StopReason = "last_page", scripted = true): string =>
  judgeCompleteness({ walk, stopped, scripted }).state;

test("a declared total that was found is complete, one that was not is incomplete", () => {
  expect(state({ ...walked, totalDeclared: 30 })).toBe("complete");
  expect(state({ ...walked, totalDeclared: 31 })).toBe("incomplete");
});

test("a pinned record beyond the total does not spoil it, many records more do", () => {
  expect(state({ ...walked, found: 31, totalDeclared: 30 })).toBe("complete");
  expect(state({ ...walked, totalDeclared: 3 })).toBe("unknown");
});

test("declared pages that were all seen are complete", () => {
  expect(state({ ...walked, pagesDeclared: 3 })).toBe("complete");
  expect(state({ ...walked, pagesDeclared: 4 })).toBe("incomplete");
});

test("a limit that the page speaks of counts as far as it was reached", () => {
  const limit = (kind: "at-least" | "at-most" | "cut", records: number | null): WalkState => ({
    ...walked,
    totalDeclared: 30,
    limit: { kind, records, quote: "so it says" },
  });

  expect(state(limit("at-least", 1000))).toBe("incomplete");
  expect(state(limit("at-least", 20))).toBe("complete");
  expect(state(limit("at-most", 30))).toBe("unknown");
  expect(state(limit("at-most", 500))).toBe("complete");
  expect(state(limit("cut", null))).toBe("unknown");
});

test("a pager that ended proves it, one that vanished does not", () => {
  expect(state(walked)).toBe("complete");
  expect(state({ ...walked, pagerEnded: false })).toBe("unknown");
});

test("a missing page number is a gap", () => {
  expect(
    judgeCompleteness({ walk: { ...walked, numbersSeen: [1, 3] }, stopped: "last_page", scripted: true }),
  ).toMatchObject({
    state: "incomplete",
    gaps: ["page 2"],
  });
});

test.each<StopReason>([
  "page_limit",
  "time_limit",
  "wall",
  "cancelled",
  "unreachable",
  "refused",
  "error_page",
  "needs_browser",
  "drift",
])("a run that stopped by %s is incomplete even when everything else looks well", (stopped) => {
  expect(state({ ...walked, totalDeclared: 30 }, stopped)).toBe("incomplete");
});

test("pages that repeat prove nothing without a total", () => {
  expect(state(walked, "repeated_page")).toBe("unknown");
  expect(state({ ...walked, totalDeclared: 30 }, "repeated_page")).toBe("complete");
});

test("a single page is complete where it cannot go on, unknown where it is cut at a round number", () => {
  expect(state({ ...single, found: 7, firstPageRecords: 7 }, "last_page", false)).toBe("complete");
  expect(state(single)).toBe("unknown");
  expect(state({ ...single, found: 17, firstPageRecords: 17 })).toBe("complete");
});

test.each([10, 15, 20, 24, 50, 100, 250])(
  "%i records without a pager may be the latest of a longer list",
  (records) => {
    expect(state({ ...single, found: records, firstPageRecords: records }, "last_page", false)).toBe("unknown");
  },
);

test.each([1, 5, 8, 9, 11, 17, 45])("%i records on a page without script and pager are all", (records) => {
  expect(state({ ...single, found: records, firstPageRecords: records }, "last_page", false)).toBe("complete");
});

test("a list that a script draws proves no end while a request for data has no good answer", () => {
  expect(state({ ...single, found: 17, firstPageRecords: 17, unanswered: true })).toBe("unknown");
  expect(state({ ...walked, unanswered: true })).toBe("unknown");
  expect(state({ ...walked, unanswered: true, totalDeclared: 30 })).toBe("complete");
});

test("a page whose list is unsure proves nothing by itself", () => {
  const unsure = { walk: single, stopped: "last_page", scripted: false, confidence: 0.4 } as const;

  expect(judgeCompleteness(unsure).state).toBe("unknown");
  expect(judgeCompleteness({ ...unsure, walk: { ...single, totalDeclared: 10 } }).state).toBe("complete");
});

test("given addresses are the whole list only if a total says so", () => {
  const listed = { walk: single, stopped: "last_page", scripted: false, listed: true } as const;

  expect(judgeCompleteness(listed).state).toBe("unknown");
  expect(judgeCompleteness({ ...listed, walk: { ...single, totalDeclared: 10 } }).state).toBe("complete");
});

test("an empty list is complete only if the page says so", () => {
  const empty = { ...single, found: 0 };

  expect(judgeCompleteness({ walk: empty, stopped: "no_records", scripted: true }).state).toBe("unknown");
  expect(judgeCompleteness({ walk: empty, stopped: "no_records", scripted: true, saysEmpty: true }).state).toBe(
    "complete",
  );
});
