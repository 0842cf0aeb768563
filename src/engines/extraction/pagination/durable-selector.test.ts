import { expect, test } from "vitest";
import { findOne } from "domutils";
import type { Element } from "domhandler";
import { parsePage } from "../page/parse-page.ts";
import { durableSelectors, onlyElement } from "./durable-selector.ts";

const pageOf = (html: string) => parsePage({ bytes: Buffer.from(html), encoding: "utf-8" });

const marked = (page: ReturnType<typeof pageOf>): Element => {
  const found = findOne((node: Element) => "data-x" in node.attribs, page.root.children);
  if (!found) throw new Error("nothing is marked");
  return found;
};

test.each([
  ["a relation", "<a href=/1>1</a><a data-x rel=next href=/2>2</a>", 'a[rel="next"]'],
  [
    "a name for people, with quotes in it",
    `<a>1</a><a data-x title='The "next" one'>2</a>`,
    'a[title="The \\"next\\" one"]',
  ],
  ["an id that is not counted", "<a id=page12>1</a><a data-x id=pager-next>2</a>", "#pager-next"],
  [
    "a class within what has a name",
    "<div id=ads><a class=next>x</a></div><div id=pager><a data-x class=next>2</a></div>",
    "#pager a.next",
  ],
  [
    "its place, where nothing names it",
    "<p><a>1</a></p><p><a>2</a><a data-x>3</a></p>",
    "body > p:nth-of-type(2) > a:nth-of-type(2)",
  ],
])("an element is known by %s", (_, html, selector) => {
  const page = pageOf(html);

  expect(durableSelectors(marked(page), page)[0]).toBe(selector);
});

test("every selector finds its element again, and no other", () => {
  const page = pageOf(
    '<div class="box top"><ul><li><a class="a b">1</a><li class=on><a data-x class="a next" name=go title=Go>2</a></ul></div>',
  );
  const node = marked(page);
  const selectors = durableSelectors(node, page);

  expect(selectors.length).toBeGreaterThan(2);
  for (const selector of selectors) expect(onlyElement(selector, page)).toBe(node);
});

test("a selector that fits nothing or several elements finds none", () => {
  const page = pageOf("<a class=next>1</a><a class=next>2</a>");

  expect(onlyElement("a.next", page)).toBeNull();
  expect(onlyElement("#gone", page)).toBeNull();
  expect(onlyElement("body > div:nth-of-type(4) > a:nth-of-type(1)", page)).toBeNull();
  expect(onlyElement("not a selector of ours", page)).toBeNull();
});
