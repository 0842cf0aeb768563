import { describe, expect, test } from "vitest";
import type { ExtractedRecord } from "../../records/extracted-record.ts";
import { pageOf } from "../../testing.ts";
import { PageWords } from "../page-words.ts";
import { pairSurely } from "../pair-records.ts";
import { otherList } from "./other-list.ts";

const record = (n: number, year: number, at = `/ul[1]/li[${n}]`): ExtractedRecord => {
  const [title, closes] = [`Repair of the northern pier, part ${n}`, `${year}-0${(n % 9) + 1}-10`];
  const place = { path: at, confidence: 0.9 };
  return {
    text: `${title} ${closes}`,
    links: [],
    fields: {
      title: { value: title, raw: title, type: "text", ...place },
      closes: { value: closes, raw: closes, type: "date", ...place },
    },
    path: at,
    key: `${n} ${year}`,
  };
};
const list = (from: number, count: number, year = 2027, box = 1): ExtractedRecord[] =>
  Array.from({ length: count }, (_, at) => record(from + at, year, `/ul[${box}]/li[${at + 1}]`));

const KNOWN = list(1, 8);

function said(records: readonly ExtractedRecord[], page = records.map(({ text }) => text).join("<br>")): string[] {
  const shown = new PageWords(pageOf(page));
  const pairs = pairSurely(KNOWN, records);
  const compared = { known: KNOWN, pages: [KNOWN], records, pairs, moved: new Set<string>(), shown };
  return otherList(compared).map(({ message }) => message.replace(/^\d+ /, ""));
}

describe("the list that is read", () => {
  test("is the known one where some are gone and some are new", () => {
    expect(said(list(4, 8))).toEqual([]);
  });

  test("is joined with another where a part that stands apart is older than all that were known", () => {
    const [message] = said([...list(4, 6), ...list(60, 4, 2019, 2)]);
    expect(message).toBe(
      "records stand apart from the known ones and are older than all of them: another list is read as well.",
    );
  });

  test("is not joined with another where the part that stands apart is as new, or holds known records", () => {
    expect(said([...list(1, 5), ...list(60, 4, 2028, 2)])).toEqual([]);
    expect(said([...list(1, 5), ...list(6, 3, 2027, 2)])).toEqual([]);
  });

  test("is two lists where most known records stand in it twice", () => {
    const [message] = said([...list(1, 8), ...list(1, 8, 2026, 2)]);
    expect(message).toContain("two lists are read as one");
  });

  test("is another where the known records stand beside it", () => {
    const [message] = said(list(60, 8), KNOWN.map(({ text }) => text).join("<br>"));
    expect(message).toContain("it is another list");
  });

  test("is an archive where none is known and all are older", () => {
    const [message] = said(list(60, 8, 2019));
    expect(message).toContain('every "closes" lies before all that were known');
  });
});
