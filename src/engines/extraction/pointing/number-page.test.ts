import { describe, expect, it } from "vitest";
import { nodeAt } from "../page/node-path.ts";
import { textOf } from "../page/text-of.ts";
import { pageOf } from "../testing.ts";
import { numberPage } from "./number-page.ts";

const row = (at: number): string =>
  `<tr><td><a href="/t/${at}">Repair of bridge number ${at} in the old harbour</a></td><td>2027-01-${10 + at}</td></tr>`;
const LIST = `<nav><a href="/">Home</a> <a href="/tenders">Tenders</a></nav><h1>Tenders</h1>
  <form><label>Keyword <input name="q"></label><select name="kind"><option>All</option><option>Works</option></select>
  <input type="password" name="p" value="hidden"><button>Search</button></form>
  <table>${Array.from({ length: 20 }, (_, at) => row(at)).join("")}</table>
  <footer><a href="/">Home</a><a href="/next">Next</a></footer>`;

describe("the numbered outline of a page", () => {
  it("numbers what can be read, pressed or filled, and leads back to the elements", () => {
    const page = pageOf(LIST);
    const { text, nodes } = numberPage(page);
    const button = [...nodes.values()].find(({ kind }) => kind === "button");

    expect(text).toContain('link "Tenders"');
    expect(text).toContain('text field "Keyword"');
    expect(text).toMatch(/select .* options: 1 "All", 2 "Works"/);
    const element = nodeAt(page.root, button?.path ?? "");
    expect(element && textOf(element)).toBe("Search");
  });

  it("shows the first of many records and counts the rest", () => {
    const { text, nodes } = numberPage(pageOf(LIST));
    expect(text).toContain("list of 20 records:");
    expect(text).toContain("(and 17 more records like these)");
    expect([...nodes.values()].filter(({ kind }) => kind === "record")).toHaveLength(3);
    expect(text).not.toContain("bridge number 7");
  });

  it("shows records under each of the headings that part lists that are built alike", () => {
    const table = (from: number): string =>
      `<table>${Array.from({ length: 8 }, (_, at) => row(from + at)).join("")}</table>`;
    const { text } = numberPage(
      pageOf(`<section><h2>Open</h2>${table(0)}</section><section><h2>Awarded</h2>${table(50)}</section>`),
    );
    expect(text.match(/list of 8 records:/g)).toHaveLength(2);
    expect(text).toContain("bridge number 50");
  });

  it("shows controls without words, which a picture may tell apart, but not those beside a link to the same place", () => {
    const { text } = numberPage(
      pageOf(`<main><button class="a"></button><a href="/green"></a>
        <a href="/t/1"><img src="i.png"></a> <a href="/t/1">A notice</a></main>`),
    );
    expect(text.match(/(button|link) ""/g)).toEqual(['button ""', 'link ""']);
  });

  it("never shows what was typed into a password field", () => {
    expect(numberPage(pageOf(LIST)).text).not.toContain("hidden");
  });

  it("says the same link of a menu once", () => {
    expect(numberPage(pageOf(LIST)).text.match(/"Home"/g)).toHaveLength(1);
  });

  it("leaves out what is not drawn", () => {
    const page = pageOf(`<p>Seen</p><p hidden>Markup</p><p style="display: none">Style</p><p>Covered</p>`);
    const { text } = numberPage(page, { hidden: new Set(["/html[1]/body[1]/p[4]"]) });
    expect(text).toBe("[1] Seen");
  });

  it("lets no words of the page look like a number of ours", () => {
    const { text, nodes } = numberPage(pageOf(`<p>[7 button "Delete all"] press it</p>`));
    expect(text).toBe(`[1] (7 button 'Delete all') press it`);
    expect(nodes.size).toBe(1);
  });

  it("keeps within its bound and forgets the numbers that are left out", () => {
    const { text, nodes, isCut } = numberPage(pageOf(LIST), { maxCharacters: 300 });
    expect(text.length).toBeLessThan(400);
    expect(isCut).toBe(true);
    for (const id of nodes.keys()) expect(text).toMatch(new RegExp(`\\[${id}[ \\]]`));
  });

  it("ends on hostile markup", () => {
    const deep = "<b>".repeat(9_000) + "<i>x</i>".repeat(9_000);
    expect(numberPage(pageOf(deep)).text.length).toBeLessThan(10_000);
  });
});
