import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packRecords } from "./pack-records.ts";
import { unpackRecords, type StoredRecord } from "./stored-records.ts";

const path = fc
  .array(fc.constantFrom("html[1]", "tr[2]", "tr[21]", "td[1]", "a[1]"), { minLength: 1, maxLength: 5 })
  .map((steps) => `/${steps.join("/")}`);
const range = fc.tuple(fc.nat(99), fc.nat(99));
const value = fc
  .tuple(
    fc.string(),
    fc.string(),
    path,
    fc.boolean(),
    fc.option(fc.constantFrom("href", ""), { nil: undefined }),
    fc.option(range, { nil: undefined }),
  ) // prettier-ignore
  .map(([said, quote, at, isQuoted, attribute, where]) => ({
    value: said,
    quote: isQuoted ? said : quote,
    path: at,
    ...(attribute === undefined ? {} : { attribute }),
    ...(where === undefined ? {} : { range: where }),
  }));
const name = fc.constantFrom("title", "0", "constructor", "Closing date", "");
const record = fc.record({
  key: fc.string(),
  text: fc.string(),
  links: fc.array(fc.webUrl(), { maxLength: 3 }),
  path,
  fields: fc
    .uniqueArray(fc.tuple(name, value), { selector: ([one]) => one })
    .map((fields) => Object.fromEntries(fields)),
  unverified: fc.array(name, { maxLength: 2 }),
});

const packedJson = (json: unknown): Uint8Array => zstdCompressSync(JSON.stringify(json));

describe("records in the store", () => {
  test("come back as they were packed", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        expect(unpackRecords(packRecords(records))).toEqual(records);
      }),
      { numRuns: 1000 },
    );
  });

  test("that were written as plain records are read too", () => {
    const records: StoredRecord[] = [
      {
        key: "k",
        text: "t",
        links: [],
        path: "/html[1]",
        unverified: [],
        fields: { a: { value: "1", quote: "1", path: "/html[1]" } },
      },
    ];

    expect(unpackRecords(packedJson(records))).toEqual(records);
  });

  test.each([
    [
      "a value whose name is not there",
      { format: 2, at: "", names: [], records: [["k", "t", "/a[1]", [], [[0, "v", "."]]]] },
    ],
    ["a record without values", { format: 2, at: "", names: [], records: [["k", "t", "/a[1]", []]] }],
    ["a format of later", { format: 3, at: "", names: [], records: [] }],
    ["a number for a place", { format: 2, at: "", names: ["a"], records: [["k", "t", "/a[1]", [], [[0, "v", 1]]]] }],
  ])("%s is refused", (_, json) => {
    expect(() => unpackRecords(packedJson(json))).toThrow();
  });
});
