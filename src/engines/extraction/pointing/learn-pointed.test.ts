import { describe, expect, it } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { nodePath } from "../page/node-path.ts";
import { elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { textOf } from "../page/text-of.ts";
import { pageOf } from "../testing.ts";
import { learnPointed, type Pointing } from "./learn-pointed.ts";

const ROWS = ["Bridge paint", "School roof", "Ferry engine", "Snow clearing"];

const TWO_LISTS = `<main>
  <section><h2>News</h2>${ROWS.map((_, at) => `<article><time>2026-03-0${at + 1}</time> <a href="/news/${at}">Council meets for the ${at}th time this year and talks</a></article>`).join("")}</section>
  <section><h2>Work on offer</h2>${ROWS.map((title, at) => `<div class="offer"><b>${title}</b><i>Lot ${at + 1}</i><u>open</u><span><a href="/lots/${at}">papers</a></span></div>`).join("")}</section>
  <p class="on"><span onclick="more()">More work</span></p></main>`;

describe("a record that is pointed at", () => {
  it("leads to all records like it, under the names that were given", () => {
    const page = pageOf(TWO_LISTS);
    const { recipe, extraction, refused } = learnPointed(page, pointing(page, "School roof"));

    expect(refused).toEqual([]);
    expect(recipe?.learned.by).toBe("somebody");
    expect(extraction?.records.map(({ fields }) => fields["title"]?.value)).toEqual(ROWS);
    expect(extraction?.records.map(({ fields }) => fields["lot"]?.raw)).toEqual(["Lot 1", "Lot 2", "Lot 3", "Lot 4"]);
    expect(extraction?.records[2]?.fields["papers"]?.value).toBe("https://portal.example/lots/2");
  });

  it("keeps a value that is the same everywhere when it is pointed at", () => {
    const page = pageOf(TWO_LISTS);
    const state = pathOf(page, "open", "u");
    const { extraction } = learnPointed(page, {
      ...pointing(page, "Bridge paint"),
      fields: [{ name: "state", path: state, take: "text" }],
    });
    expect(extraction?.records.map(({ fields }) => fields["state"]?.raw)).toEqual(["open", "open", "open", "open"]);
  });

  it("takes the control that is pointed at as the way on", () => {
    const page = pageOf(TWO_LISTS);
    const { recipe } = learnPointed(page, { ...pointing(page, "Bridge paint"), next: pathOf(page, "More work") });
    expect(recipe?.pagination.next).toMatchObject({ by: "click", label: "More work" });
  });

  it("is refused when it is not on the page", () => {
    const page = pageOf(TWO_LISTS);
    const { recipe, refused } = learnPointed(page, { record: "/html[1]/body[1]/ul[9]", fields: [], by: "somebody" });
    expect(recipe).toBeNull();
    expect(refused).toEqual(["The record that was pointed at is not on the page."]);
  });

  it("is refused field by field where a value stands outside of it", () => {
    const page = pageOf(TWO_LISTS);
    const { recipe, refused } = learnPointed(page, {
      ...pointing(page, "Bridge paint"),
      fields: [
        { name: "title", path: pathOf(page, "Bridge paint"), take: "text" },
        { name: "buyer", path: pathOf(page, "News"), take: "text" },
      ],
    });
    expect(recipe?.fields.map(({ name }) => name)).toContain("title");
    expect(refused).toEqual(["buyer: no value of the record stands where was pointed."]);
  });

  describe("in one of two tables that differ in nothing but their heading", () => {
    const WORKS = ["Bridge paint", "School roof", "Ferry engine", "Snow clearing"];
    const AWARDS = ["Harbour crane", "Town clock", "Library shelves"];
    const table = (titles: readonly string[], from: number): string =>
      `<table>${titles.map((title, at) => `<tr><td>W-2026-${from + at}</td><td><a href="/w/${from + at}">${title}</a></td><td>2026-05-1${at}</td></tr>`).join("")}</table>`;
    const works = `<section><h2>Open works (${WORKS.length})</h2>${table(WORKS, 100)}</section>`;
    const awards = `<section><h2>Awarded works (${AWARDS.length})</h2>${table(AWARDS, 200)}</section>`;
    const learnt = (title: string, also: readonly string[] = [], html = works + awards) => {
      const page = pageOf(`<main>${html}</main>`);
      return learnPointed(page, {
        record: pathOf(page, title, "tr"),
        fields: [{ name: "title", path: pathOf(page, title), take: "text" }],
        also: also.map((other) => pathOf(page, other, "tr")),
        by: "somebody",
      });
    };
    const titles = ({ recipe }: ReturnType<typeof learnt>, html = works + awards) =>
      recipe && applyRecipe(recipe, pageOf(`<main>${html}</main>`)).records.map(({ fields }) => fields["title"]?.value);

    it.each([
      ["Bridge paint", WORKS],
      ["Snow clearing", WORKS],
      ["Town clock", AWARDS],
    ])("%s leads to the records of its own table", (title, records) => {
      expect(titles(learnt(title))).toEqual(records);
    });

    it("finds its table again when the two have changed places, and when others stand before it", () => {
      const third = `<section><h2>Planned works</h2>${table(["Sea wall", "Market hall"], 300)}</section>`;
      expect(titles(learnt("Town clock"), awards + works)).toEqual(AWARDS);
      expect(titles(learnt("Bridge paint"), third + awards + works)).toEqual(WORKS);
    });

    it("finds its table again when its heading counts others than before", () => {
      const fewer = `<section><h2>Open works (1)</h2>${table(WORKS.slice(0, 1), 100)}</section>`;
      expect(titles(learnt("Bridge paint"), fewer + awards)).toEqual(WORKS.slice(0, 1));
    });

    it("takes nothing rather than the twin when its own table is gone", () => {
      const { recipe } = learnt("Bridge paint");
      const { records, drift } = recipe
        ? applyRecipe(recipe, pageOf(`<main>${awards}${awards.replace("Awarded", "Planned")}</main>`))
        : { records: null, drift: [] };
      expect(records).toEqual([]);
      expect(drift.map(({ kind }) => kind)).toContain("list_missing");
    });

    it("brings both where a record of each is pointed at", () => {
      expect(titles(learnt("Bridge paint", ["Town clock"]))).toEqual([...WORKS, ...AWARDS]);
    });

    it.each([
      ["a caption", (html: string) => html.replaceAll(/<h2>(.*?)<\/h2><table>/g, "<table><caption>$1</caption>")],
      ["bold words", (html: string) => html.replaceAll(/<h2>(.*?)<\/h2>/g, "<p><b>$1</b></p>")],
    ])("is told by %s as well", (_, rewrite) => {
      expect(titles(learnt("Town clock", [], rewrite(works + awards)), rewrite(awards + works))).toEqual(AWARDS);
    });

    it("takes tables under dates for one list", () => {
      const byDay = (works + awards)
        .replace("Open works (4)", "12 May 2026")
        .replace("Awarded works (3)", "14 May 2026");
      expect(titles(learnt("Town clock", [], byDay), byDay)).toEqual([...WORKS, ...AWARDS]);
    });
  });

  it("may stand alone", () => {
    const page = pageOf(
      `<main><h1>Offers</h1><div class="offer"><b>Harbour crane</b><i>Lot 9</i><span>closes 2027-02-01</span></div></main>`,
    );
    const { extraction } = learnPointed(page, {
      record: pathOf(page, "Harbour crane", "div"),
      fields: [{ name: "title", path: pathOf(page, "Harbour crane"), take: "text" }],
      by: "somebody",
    });
    expect(extraction?.records.map(({ fields }) => fields["title"]?.value)).toEqual(["Harbour crane"]);
  });
});

function pointing(page: Page, title: string): Pointing {
  const at = ROWS.indexOf(title);
  return {
    record: pathOf(page, title, "div"),
    fields: [
      { name: "title", path: pathOf(page, title), take: "text" },
      { name: "lot", path: pathOf(page, `Lot ${at + 1}`), take: "text" },
      { name: "papers", path: pathOf(page, "papers", "a", at), take: "link" },
    ],
    by: "somebody",
  };
}

/** Path of the innermost element with these words, or of the first element of a name that holds them. */
function pathOf(page: Page, words: string, name?: string, skip = 0): string {
  const fitting = [...elementsBelow(page.root)].filter((element) =>
    name === undefined ? textOf(element) === words : element.name === name && textOf(element).includes(words),
  );
  const element = name === undefined ? fitting.at(-1) : fitting[skip];
  if (!element) throw new Error(`no element says ${words}`);
  return nodePath(element);
}
