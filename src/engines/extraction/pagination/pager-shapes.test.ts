import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { findPagination } from "./find-pagination.ts";
import type { PageStep } from "./pagination.ts";

const LIST = "https://town.example/list";
const found = (html: string, url = LIST) =>
  findPagination(parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url }));
const fieldsOf = (step: PageStep | undefined) => (step?.kind === "form" ? Object.fromEntries(step.fields) : null);

describe("windows of numbers that post back", () => {
  const number = (page: number, label: string) =>
    `<td><a href="javascript:__doPostBack('grid','Page$${page}')">${label}</a></td>`;
  const grid = (cells: string) =>
    `<form method="post"><input type="hidden" name="__VIEWSTATE" value="s"><table><tr>${cells}</tr></table></form>`;

  test("dots behind the last number lead to the first page of the next window", () => {
    const { pages, current } = found(
      grid(`${number(1, "1")}${number(2, "2")}<td><span>3</span></td>${number(4, "...")}`),
    );

    expect(current).toBe(3);
    expect(fieldsOf(pages.find((step) => "page" in step && step.page === 4))).toMatchObject({
      __EVENTARGUMENT: "Page$4",
    });
  });

  test.each([
    ["the first page of the next window", 2, { far: 3, from: 0 }, 3],
    ["the last page, where pages are counted from 0", 2, { far: 11, from: 1 }, 12],
    ["the page that is shown, which is no way on", 2, { far: 2, from: 0 }, null],
  ])("a double arrow that posts a number leads to %s", (_, shown, { far, from }, page) => {
    const { pages } = found(
      grid(
        `${number(1 - from, "1")}${number(shown - from, "2")}<td><a href="javascript:__doPostBack('grid','Page$${far}')">&gt;&gt;</a></td>`,
      ),
    );
    const numbers = pages.map((step) => ("page" in step ? step.page : null));

    expect(Math.max(...numbers.map(Number))).toBe(page ?? 2);
  });

  test("dots before the first number lead nowhere on", () => {
    const { pages } = found(grid(`${number(3, "...")}<td><span>4</span></td>${number(5, "5")}${number(6, "6")}`));

    expect(pages.map((step) => ("page" in step ? step.page : null))).toEqual([5, 6]);
  });
});

test("anything that says a page number and goes to an address when it is pressed is a pager", () => {
  const press = (page: number) => `<span onclick="location.href='list?pg=${page}'">${page}</span>`;
  const { pages, current } = found(`<div><span class="on">1</span>${press(2)}${press(3)}</div>`);

  expect(current).toBe(1);
  expect(pages).toMatchObject([
    { kind: "link", url: "https://town.example/list?pg=2", page: 2 },
    { kind: "link", url: "https://town.example/list?pg=3", page: 3 },
  ]);
});

describe("ranges of records", () => {
  const range = (from: number, to: number) => `<a href="?start=${from}">${from}-${to}</a>`;

  test("are the numbers of their pages", () => {
    const { pages, current } = found(`<p>${range(1, 10)} | 11-20 | ${range(21, 30)} | ${range(31, 34)}</p>`);

    expect(current).toBe(2);
    expect(pages.map((step) => ("page" in step ? step.page : null))).toEqual([1, 3, 4]);
  });

  test("that do not fit together are none", () => {
    expect(found(`<p>1-10 ${range(12, 21)} ${range(30, 34)}</p>`).pages).toEqual([]);
  });

  test("of years are none", () => {
    expect(found('<p><a href="?y=1">2019-2020</a> <a href="?y=2">2021-2022</a></p>').pages).toEqual([]);
  });
});

describe("a box for the number of the page", () => {
  const box = (value: number, beside: string) =>
    `<form action="/list"><input name="q" value="roads">Page <input name="pg" value="${value}"> ${beside} <input type="submit" value="Go"></form>`;

  test("leads to the page after the one that stands in it", () => {
    const { pages, declared } = found(box(2, "of 6"));

    expect(fieldsOf(pages[0])).toEqual({ q: "roads", pg: "3" });
    expect(declared).toMatchObject({ page: 2, pages: 6, quote: "Page of 6" });
  });

  test("leads no further on the last page", () => {
    expect(found(box(6, "of 6"))).toMatchObject({ pages: [], declared: { pages: 6 } });
  });

  test.each(["", "of 6 results", "of the report"])("counts nothing beside “%s”", (beside) => {
    expect(found(box(2, beside))).toMatchObject({ kind: "none", pages: [] });
  });
});

describe("controls that lead on", () => {
  const posted = (inner: string) => `<form method="post"><input type="hidden" name="s" value="1">${inner}</form>`;

  test("an arrow before the arrow to the end leads on, also where nothing leads back yet", () => {
    const arrow = (sign: string, event: string) => `<a href="javascript:__doPostBack('${event}','')">${sign}</a>`;
    const { next } = found(
      posted(`<p><a>«</a> <a>‹</a> <span>1/7</span> ${arrow("›", "on")} ${arrow("»", "end")}</p>`),
    );

    expect(fieldsOf(next ?? undefined)).toMatchObject({ __EVENTTARGET: "on" });
  });

  test("picture buttons are read by the names of their pictures", () => {
    const button = (name: string, off = "") => `<input type="image" name="pg_${name}" src="/img/${name}.gif" ${off}>`;
    const { next } = found(posted(`${button("prev", "disabled")} 1 of 5 ${button("next")} ${button("last")}`));

    expect(fieldsOf(next ?? undefined)).toEqual({ s: "1", "pg_next.x": "1", "pg_next.y": "1" });
  });

  test.each([
    ["jsfcljs(document.getElementById('f'),{'f:on':'f:on'},'');return false", { s: "1", "f:on": "f:on" }],
    ["return myfaces.oam.submitForm('f','f:on');", { s: "1", "f:_idcl": "f:on" }],
  ])("a command link of JavaServer Faces sends its form: %s", (script, fields) => {
    const { next } = found(posted(`<a href="#" onclick="${script}">Next</a>`));

    expect(fieldsOf(next ?? undefined)).toEqual(fields);
  });

  test("a button whose script only stops it leads nowhere, and shows that the pager ended", () => {
    const button = (word: string, off = "") => `<input type="submit" name="${word}" value="${word}" ${off}>`;
    const { next, previous } = found(posted(`${button("Previous")}${button("Next", 'onclick="return false;"')}`));

    expect(next).toBeNull();
    expect(fieldsOf(previous ?? undefined)).toEqual({ s: "1", Previous: "Previous" });
  });

  test("an address that asks for the next page leads on, although it never changes", () => {
    expect(found('<a href="/list?cmd=next">Next</a>', `${LIST}?cmd=next`).next).toMatchObject({
      url: `${LIST}?cmd=next`,
    });
    expect(found('<a href="/list?item=3">Next</a>', `${LIST}?item=3`).next).toBeNull();
  });

  test("routes of a script are pages, places in the page are none", () => {
    const numbers = (hrefOf: (page: number) => string) =>
      `<nav><b>1</b> <a href="${hrefOf(2)}">2</a> <a href="${hrefOf(3)}">3</a></nav>`;

    expect(found(numbers((page) => `#/page/${page}`)).pages).toMatchObject([
      { kind: "click", page: 2 },
      { kind: "click", page: 3 },
    ]);
    expect(found(numbers((page) => `#note-${page}`)).pages).toEqual([]);
  });

  test("“More” alone leads on where its address is a further page of this document", () => {
    expect(found('<a href="?page=2">More &gt;</a>').more).toMatchObject({ kind: "link", url: `${LIST}?page=2` });
    expect(found('<a href="/news?page=2">More &gt;</a>').more).toBeNull();
  });
});

test("a button that shows the next so many asks for more", () => {
  const { more } = found(
    '<form method="post"><input name="shown" value="25"><input type="submit" value="Show next 25"></form>',
  );

  expect(more).toMatchObject({ kind: "form" });
});
