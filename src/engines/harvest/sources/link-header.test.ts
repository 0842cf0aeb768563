import { expect, test } from "vitest";
import { pageLinks } from "./link-header.ts";

const URL = "https://town.example/list?page=1";

test.each([
  ['</list?page=2>; rel="next", </list?page=9>; rel="last"', { next: "https://town.example/list?page=2" }],
  ['<?page=2>; title="a, b"; rel="canonical next"', { next: "https://town.example/list?page=2" }],
  ["<https://town.example/list?page=2>;rel=next", { next: "https://town.example/list?page=2" }],
  ['</list?page=8>; rel="prev"', {}],
  ['</style.css>; rel="preload"; as=style', null],
  ["nonsense", null],
  [undefined, null],
])("the Link header %s is read", (header, links) => {
  expect(pageLinks(header, URL)).toEqual(links);
});

test("a hostile header is read in bounded time", () => {
  expect(pageLinks("<a>;".repeat(100_000) + " rel", URL)).toBeNull();
});
