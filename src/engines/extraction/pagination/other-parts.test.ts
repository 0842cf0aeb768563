import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { otherParts } from "./other-parts.ts";

const partsOf = (links: string, url: string) =>
  otherParts(parsePage({ bytes: Buffer.from(`<p>${links}</p>`), encoding: "utf-8", url }), []);

test.each([
  ["a further page", '<a href="?cat=2&page=2">Overleaf</a>', 1],
  ["an earlier page", '<a href="?cat=2&page=1">Back to the beginning</a>', 0],
  ["another order", '<a href="?cat=2&page=2&sort=date">By date</a>', 0],
  ["another document", '<a href="/news?cat=2&page=2">News</a>', 0],
])("of a page without a pager, a link to %s means that it may go on: %s, %i", (_, link, count) => {
  const parts = partsOf(link, "https://town.example/list?cat=2");

  expect(parts.filter(({ kind }) => kind === "pages")).toHaveLength(count);
});

test.each([
  ["months that are posted", ["January 2026", "February 2026"], 1],
  ["a month alone", ["January 2026"], 0],
])("%s are parts of the list: %j, %i", (_, months, count) => {
  const links = months
    .map((month, at) => `<a href="javascript:__doPostBack('month','${at}')">${month}</a>`)
    .join(" | ");

  const parts = partsOf(links, "https://town.example/list.aspx");

  expect(parts.filter(({ kind }) => kind === "periods")).toHaveLength(count);
});
