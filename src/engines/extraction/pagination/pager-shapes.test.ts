import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { findPagination } from "./find-pagination.ts";

const LIST = "https://town.example/list";
const found = (html: string, url = LIST) =>
  findPagination(parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url }));
test("anything that says a page number and goes to an address when it is pressed is a pager", () => {
  const press = (page: number) => `<span onclick="location.href='list?pg=${page}'">${page}</span>`;
  const { pages, current } = found(`<div><span class="on">1</span>${press(2)}${press(3)}</div>`);

  expect(current).toBe(1);
  expect(pages).toMatchObject([
    { kind: "link", url: "https://town.example/list?pg=2", page: 2 },
    { kind: "link", url: "https://town.example/list?pg=3", page: 3 },
  ]);
});
