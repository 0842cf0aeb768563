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

