import { expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { declaredLimit } from "./declared-limit.ts";

const read = (html: string, isInRecord = false): unknown => {
  const page = parsePage({ bytes: Buffer.from(`<!doctype html><body>${html}</body>`), url: "http://a.example/list" });
  const found = declaredLimit(page, () => isInRecord);
  return found && [found.kind, found.records];
};

test.each([
  ["<p>1,000+ results</p>", "at-least", 1000],
  ["<h2>Over 500 open tenders</h2>", "at-least", 500],
  ["<p>Mehr als <b>250</b> Treffer</p>", "at-least", 250],
  ["<p>Plus de 1 000 résultats</p>", "at-least", 1000],
  ["<p>Only the first 200 records are shown.</p>", "at-most", 200],
  ["<p>Displaying the latest 50 notices</p>", "at-most", 50],
  ["<p>Results are limited to 500 records.</p>", "at-most", 500],
  ["<div>Es werden nur die ersten 100 Treffer angezeigt</div>", "at-most", 100],
  ["<p>Too many results. Refine your search.</p>", "cut", null],
  ["<table><tr><td colspan=5>… and 20 more tenders</td></tr></table>", "cut", 20],
  ["<p>18 tenders are hidden by your filter.</p>", "cut", 18],
  ["<p>Sign in to see more tenders</p>", "cut", null],
])("%s is a limit", (html, kind, records) => {
  expect(read(html)).toEqual([kind, records]);
});

test.each([
  "<p>30 results</p>",
  "<p>Showing 30 results</p>",
  "<p>More than a hundred years of service</p>",
  "<p>Call us on +44 1632 960 123</p>",
  "<p>Log in to see more information about a tender</p>",
  "<p>Over 65s travel free</p>",
  `<p>${"Our tenders are many. ".repeat(20)} More than 500 results found.</p>`,
])("%s is none", (html) => {
  expect(read(html)).toBeNull();
});

test("what a record says limits no list", () => {
  expect(read("<p>More than 500 tenders</p>", true)).toBeNull();
});
