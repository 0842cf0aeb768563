import { describe, expect, test } from "vitest";
import { pageOf } from "../testing.ts";
import { compileSelector, selectAll, selectFirst } from "./selector.ts";

const page = pageOf(
  `<div id="list" class="box wide"><p class="a">1</p><p class="b">2</p><p class="a" lang="en">3<i>4</i></p></div><p>5</p>`,
);

function ids(source: string): string[] {
  const selector = compileSelector(source);
  return selector ? selectAll(selector, page.root.children).map((node) => node.attribs["class"] ?? node.name) : [];
}

describe("a selector", () => {
  test.each([
    ["p", 4],
    ["#list > p", 3],
    ["div.box.wide p.a", 2],
    ["p.a:nth(2)", 1],
    ['p[lang="en"]', 1],
    ["p[lang]", 1],
    ["#list i", 1],
    ["body > div > p:nth(3) > i", 1],
    ["* > i", 1],
    ["#list > i", 0],
  ])("%s finds %i", (source, count) => {
    expect(ids(source)).toHaveLength(count);
  });

  test("counts only siblings that match the rest of it", () => {
    const selector = compileSelector("p.a:nth(2)");

    expect(selector && selectFirst(selector, page.root.children)?.attribs["lang"]).toBe("en");
  });

  test.each(["", ">", "p >> i", "p:hover", "p:not(.a)", "p::before", "[", "p,i", "a b:nth(x)"])(
    "refuses %j",
    (source) => {
      expect(compileSelector(source)).toBeNull();
    },
  );
});
