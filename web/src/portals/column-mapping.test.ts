import { expect, test } from "vitest";
import { mappingInWords, mappingOf, misfitOf } from "./column-mapping.ts";

const column = (name: string, type = "text") => ({ name, type, place: "", required: false });
const COLUMNS = [column("title"), column("closing_date", "date"), column("value", "money")];
const MAPPING = mappingOf(
  COLUMNS,
  new Map([
    ["title", "subject"],
    ["closing_date", "closing_date"],
    ["value", null],
  ]),
);

test("a mapping is what changes, in words too", () => {
  expect(MAPPING).toEqual([
    { name: "title", type: "text", wanted: "subject" },
    { name: "value", type: "money", wanted: null },
  ]);
  expect(mappingInWords(MAPPING)).toBe("“title” becomes “subject”, “value” is dropped");
});

test("a list that has all of the columns takes it, whatever else it has", () => {
  expect(misfitOf([...COLUMNS, column("agency")], MAPPING)).toBeNull();
});

test.each([
  ["a column that is not there", [column("title")], "It has no column “value”."],
  [
    "a column of another kind",
    [column("title"), column("value", "text")],
    "Its column “value” holds another kind: text, not money.",
  ],
  [
    "a name that is taken",
    [column("title"), column("value", "money"), column("subject")],
    "It has another column “subject” already.",
  ],
])("%s keeps a list as it is, and is told", (_what, columns, reason) => {
  expect(misfitOf(columns, MAPPING)).toBe(reason);
});

test("two columns may change their names for each other's", () => {
  const swapped = mappingOf([column("a"), column("b")], new Map(Object.entries({ a: "b", b: "a" })));

  expect(misfitOf([column("a"), column("b")], swapped)).toBeNull();
});
