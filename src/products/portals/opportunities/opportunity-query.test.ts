import { expect, test } from "vitest";
import { readCursor, writeCursor, type OpportunitySort } from "./opportunity-query.ts";

const ID = "00000000-0000-7000-8000-000000000000";
const read = (sort: OpportunitySort, key: string) => readCursor(writeCursor([sort, key, ID]), sort)[1];

test.each<[OpportunitySort, string]>([
  ["firstSeen", "2026-11-21 22:17:52.123456+00"],
  ["-lastSeen", "2026-11-21 22:17:52-05:30"],
  ["changed", "2024-02-29 00:00:00+15"],
  ["value", "Infinity"],
  ["-value", "-Infinity"],
  ["value", "1.5e+20"],
  ["confidence", "0"],
  ["-relevance", "0.0607927"],
  ["title", "brücke 'x'"],
  ["closingDate", "~"],
])("a place in the order by %s may be %s", (sort, key) => {
  expect(read(sort, key)).toBe(key);
});

test.each<[OpportunitySort, string]>([
  ["firstSeen", "yesterday"],
  ["firstSeen", "0000-01-01 00:00:00+00"],
  ["lastSeen", "2026-02-30 00:00:00+00"],
  ["lastSeen", "2026-01-01 25:00:00+00"],
  ["changed", "2026-01-01 00:00:00+23"],
  ["value", ""],
  ["value", "NaN"],
  ["value", "0x10"],
  ["-value", "1e+999"],
  ["-value", "1e-999"],
  ["confidence", "much"],
  ["title", "a\u0000b"],
  ["-title", "\ud800"],
])("no database is asked for a place in the order by %s that is %j", (sort, key) => {
  expect(() => read(sort, key)).toThrow(expect.objectContaining({ code: "bad_cursor" }));
});
