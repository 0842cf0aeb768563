import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packRecords } from "./pack-records.ts";
import { keepRecords, unpackRecords, type StoredRecord } from "./stored-records.ts";

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
const NAMES = ["title", "toString", "constructor", "Closing date", ""];
const FIELDS = NAMES.map((own) => ({ name: own }));
const name = fc.constantFrom(...NAMES);
const record = fc.record({
  key: fc.string(),
  text: fc.string(),
  links: fc.array(fc.webUrl(), { maxLength: 3 }),
  path,
  fields: fc
    .uniqueArray(fc.tuple(name, value), { selector: ([one]) => one })
    .map((fields) => Object.fromEntries(NAMES.flatMap((one) => fields.filter(([own]) => own === one)))),
  unverified: fc.array(name, { maxLength: 2 }),
});

const packedJson = (json: unknown): Uint8Array => zstdCompressSync(JSON.stringify(json));

describe("records in the store", () => {
  test("come back as they were packed", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        const unpacked = unpackRecords(packRecords(records, FIELDS));
        expect(unpacked).toEqual(records);
        expect(unpacked.map(({ fields }) => Object.keys(fields))).toEqual(
          records.map(({ fields }) => Object.keys(fields)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("lose no field that nobody named", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), (records) => {
        expect(unpackRecords(packRecords(records, [{ name: "Closing date" }, { name: "other" }]))).toEqual(records);
      }),
    );
  });

  test("are left out without touching the others", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), fc.nat(31), (records, chosen) => {
        const isKept = (at: number): boolean => ((chosen >> at) & 1) === 1;
        const kept = keepRecords(packRecords(records, FIELDS), isKept);
        expect(unpackRecords(kept)).toEqual(records.filter((_, at) => isKept(at)));
      }),
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

  test("that tell the place of each value, as they were written before, are read too", () => {
    const values = [
      [0, "1", "."],
      [1, "/a", "./td[2]", "a", "href"],
      [2, "b", "~/caption[1]", 0, 0, [3, 4]],
    ];
    const page = {
      format: 2,
      at: "/table[1]",
      names: ["n", "link", "head"],
      records: [["k", "t", "~/tr[1]", ["/a"], values, ["x"]]],
    };

    expect(unpackRecords(packedJson(page))).toEqual([
      {
        key: "k",
        text: "t",
        links: ["/a"],
        path: "/table[1]/tr[1]",
        unverified: ["x"],
        fields: {
          n: { value: "1", quote: "1", path: "/table[1]/tr[1]" },
          link: { value: "/a", quote: "a", path: "/table[1]/tr[1]/td[2]", attribute: "href" },
          head: { value: "b", quote: "b", path: "/table[1]/caption[1]", range: [3, 4] },
        },
      },
    ]);
  });

  test("a place and an attribute that values share stand once; a value elsewhere tells its own", () => {
    const records = Array.from({ length: 9 }, (_, at): StoredRecord => {
      const path = `/ul[1]/li[${at + 1}]`;
      const field = { value: `${at}`, quote: `${at}`, path: at === 4 ? "/h1[1]" : `${path}/b[1]`, attribute: "title" };
      return { key: `${at}`, text: "t", links: [], path, unverified: [], fields: { title: field } };
    });
    const packed = packRecords(records, [{ name: "title" }]);
    const json: unknown = JSON.parse(zstdDecompressSync(packed).toString());

    expect(unpackRecords(packed)).toEqual(records);
    expect(json).toMatchObject({ columns: [["title", "/b[1]", "title"]] });
    expect(json).toHaveProperty("records.3.4", ["3"]);
    expect(json).toHaveProperty("records.4.4", [["4", 0, 0, "/h1[1]", "title"]]);
  });

  test("pages of all sizes come back, one after the other", () => {
    for (const length of [10, 30_000, 10, 200_000, 700_000, 10]) {
      const long = "ä€𝄞".repeat(length);
      const field = { value: long, quote: long, path: "/p[1]" };
      const records = [{ key: "k", text: "t", links: [], path: "/p[1]", unverified: [], fields: { a: field } }];

      expect(unpackRecords(packRecords(records, [{ name: "a" }])).at(0)?.fields["a"]?.value === long).toBe(true);
    }
    expect(unpackRecords(packRecords([], []))).toEqual([]);
  });

  test.each([
    [
      "a value whose name is not there",
      { format: 2, at: "", names: [], records: [["k", "t", "/a[1]", [], [[0, "v", "."]]]] },
    ],
    [
      "a value whose column is not there",
      { format: 3, at: "", columns: [], records: [["k", "t", "/a[1]", [], ["v"]]] },
    ],
    ["a record without values", { format: 3, at: "", columns: [], records: [["k", "t", "/a[1]", []]] }],
    ["a format of later", { format: 4, at: "", columns: [], records: [] }],
    ["a value without a place", { format: 3, at: "", columns: [["a"]], records: [["k", "t", "/a[1]", [], ["v"]]] }],
    [
      "two values of one name",
      {
        format: 3,
        at: "",
        columns: [
          ["a", ""],
          ["a", "/b"],
        ],
        records: [["k", "t", "/a[1]", [], ["v", "w"]]],
      },
    ],
    ["a number for a value", { format: 3, at: "", columns: [["a", ""]], records: [["k", "t", "/a[1]", [], [1]]] }],
  ])("%s is refused", (_, json) => {
    expect(() => unpackRecords(packedJson(json))).toThrow();
  });
});
