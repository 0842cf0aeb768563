import { describe, expect, test } from "vitest";
import { applyRecipe } from "./apply-recipe.ts";
import { learnPage } from "./learn-page.ts";
import { upgradeRecipe } from "./recipe.ts";
import type { PageExtraction } from "./records/extracted-record.ts";
import { pageOf } from "./testing.ts";
import { verifyEvidence } from "./verify-evidence.ts";

const WORKS = ["Roof repair", "Road survey of the north district", "Meals", "Lighting – Elm Street", "Snow clearing"];

interface Notice {
  readonly title: string;
  readonly reference: string;
  readonly closes: string;
  readonly href: string;
}

/** The notices of one page of a listing. */
const noticesOn = (page: number): Notice[] =>
  Array.from({ length: 7 + page }, (_, at) => ({
    title: `${WORKS[(at * page) % WORKS.length] ?? ""}, part ${at + page * 10}`,
    reference: `EX-2031-${100 + at * 7 + page * 100}`,
    closes: `${at + 3 + page} May 2031`,
    href: `/notices/${page}${at}.txt`,
  }));

/** What a list in `<pre>` gives on the page that it is learnt from, and on the next one. */
function readings(draw: (notices: readonly Notice[]) => string): PageExtraction[] {
  const pages = [1, 2].map((at) => pageOf(`<h1>Open bids</h1><pre>${draw(noticesOn(at))}</pre><p>Town clerk</p>`));
  const recipe = upgradeRecipe(JSON.parse(JSON.stringify(learnPage(pages[0] ?? pageOf("")).recipe)));
  return pages.map((page) => {
    const read = applyRecipe(recipe, page);
    for (const { fields } of read.records)
      for (const value of Object.values(fields)) expect(verifyEvidence({ page, value })).toEqual({ ok: true });
    return read;
  });
}

describe("lists in preformatted text", () => {
  const padded = (text: string): string => text.padEnd(16);

  test.each<[string, (notices: readonly Notice[]) => string]>([
    ["aligned columns with a link", (notices) => `CLOSES          NUMBER          WORK\n--------------- --------------- ----\n${notices.map(({ title, reference, closes, href }) => `${padded(closes)}<a href="${href}">${padded(reference)}</a>${title}`).join("\n")}\n`],
    ["aligned columns without links", (notices) => `\n${notices.map(({ title, reference, closes }) => ` ${padded(closes)}${padded(reference)}${title}`).join("\n")}\n`],
    ["lines that go on in the next one", (notices) => notices.map(({ title, reference, closes, href }) => `${closes}  <a href="${href}">${reference}</a>  ${title}\n                of the town`).join("\n")],
    ["paragraphs", (notices) => notices.map(({ title, reference, closes, href }) => `<b>${reference}</b>  ${title}\n   Due: ${closes}\n   Documents: <a href="${href}">here</a>`).join("\n\n")],
    ["blocks between lines of dashes", (notices) => notices.map(({ title, reference, closes }) => `NOTICE:   ${reference}\nSUBJECT:  ${title}\nCLOSING:  ${closes}\n--------------------`).join("\n")],
  ])("%s are records that replay and stand where they say", (_what, draw) => {
    readings(draw).forEach(({ records, drift }, at) => {
      expect(drift).toEqual([]);
      expect(records.map(({ fields }) => Object.values(fields).map(({ value }) => value))).toEqual(
        noticesOn(at + 1).map(({ title, reference, closes }) =>
          expect.arrayContaining([
            title,
            reference,
            `2031-05-${closes.split(" ")[0]?.padStart(2, "0") ?? ""}`,
          ]),
        ),
      );
    });
  }); // prettier-ignore

  test("the lines of a letter are none, though some hold a date or a link", () => {
    const letter =
      "Dear all,\n\nthe minutes of 2 April 2031 lack what was said of item\n<a href=/4>four</a>, and the plans.\n\nYours\n";
    const { recipe } = learnPage(pageOf(`<h1>Minutes</h1><pre>${letter}</pre>`));

    expect(recipe).toBeNull();
  });
});
