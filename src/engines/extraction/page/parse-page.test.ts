import { isTag, type AnyNode, type Element } from "domhandler";
import { findOne } from "domutils";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseUrlOf } from "./base-url-of.ts";
import { PageTooComplex, PageTooLarge } from "./errors.ts";
import { nodeAt, nodePath } from "./node-path.ts";
import type { Page } from "./page.ts";
import { parsePage } from "./parse-page.ts";
import { MAX_DEPTH } from "./settle-tree.ts";
import { textOf } from "./text-of.ts";

const pageOf = (html: string, url = "https://town.example/list/"): Page =>
  parsePage({ bytes: Buffer.from(html), url, contentType: "text/html; charset=utf-8" });

const byId = (page: Page, id: string): Element => {
  const found = findOne((node: Element) => node.attribs["id"] === id, page.root.children);
  if (!found) throw new Error(`no element #${id}`);
  return found;
};

const depthOf = (node: AnyNode): number => {
  let depth = 0;
  for (let parent = node.parent; parent; parent = parent.parent) depth += 1;
  return depth;
};

function* nodesOf(page: Page): Generator<AnyNode> {
  const pending: AnyNode[] = [page.root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    if ("children" in node) for (const child of [...node.children].reverse()) pending.push(child);
  }
}

describe("limits", () => {
  test("a page over the size limit is refused before it is decoded", () => {
    const bytes = Buffer.alloc(101, "x");

    expect(() => parsePage({ bytes, limits: { maxBytes: 100 } })).toThrow(PageTooLarge);
    expect(() => parsePage({ bytes, limits: { maxBytes: 100 } })).toThrow(/fewer rows per page/);
  });

  test("a page of one million cells is refused with what to do", () => {
    const html = `<table>${"<tr><td>x<td>y".repeat(500_000)}`;

    expect(() => pageOf(html)).toThrow(PageTooComplex);
  });

  test("formatting that is opened again in every paragraph ends at the node limit", () => {
    const opened = Array.from({ length: 2000 }, (_, at) => `<b id=${String(at)}>`).join("");

    expect(() => pageOf(`<p>${opened}</p>${"<p>x</p>".repeat(1000)}`)).toThrow(PageTooComplex);
  });

  test.each([
    ["elements nested 100,000 deep", "<div>".repeat(100_000) + "x"],
    ["spans nested deep with many children", "<span>".repeat(10_000) + "<i></i>".repeat(20_000)],
    ["nested templates", "<template>".repeat(50_000)],
    ["unclosed attributes", `<a ${'href="'.repeat(200_000)}`],
    ["a tag with 200,000 attributes", `<a ${Array.from({ length: 200_000 }, (_, at) => `a${String(at)}`).join(" ")}>`],
    ["unclosed comments", "<!--".repeat(500_000)],
    ["a comment without end around 60,000 elements", `<!-- ${"<b>x</b>".repeat(60_000)}`],
    ["an attribute without end around 60,000 elements", `<a href="${"<b>x</b>".repeat(60_000)}`],
    ["a section of a drawing without end", `<svg><![CDATA[${"<b>x</b>".repeat(60_000)}`],
    ["a script in a script without end", `<script><!--<script>${"<b>x</b>".repeat(60_000)}`],
    ["comments that end oddly", "<!-- --!>".repeat(100_000) + "-->"],
    ["scripts that open others", "<script><!--</script>".repeat(50_000)],
    ["tags that lack their end", "<a b='".repeat(200_000)],
    ["unmatched end tags", "<div>".repeat(5000) + "</x>".repeat(200_000)],
  ])("%s finish in bounded time and depth", (_, html) => {
    const started = process.threadCpuUsage();
    const page = pageOf(html);

    expect(process.threadCpuUsage(started).user).toBeLessThan(5_000_000);
    expect(Math.max(...[...nodesOf(page)].slice(0, 20_000).map(depthOf))).toBeLessThanOrEqual(MAX_DEPTH + 2);
  });
});

describe("the tree", () => {
  test("elements beyond the depth limit become siblings and keep their order", () => {
    const deep = Array.from({ length: 600 }, (_, at) => `<div id="d${String(at)}">${String(at)} `).join("");
    const page = pageOf(deep);

    expect(textOf(page.root)).toBe(Array.from({ length: 600 }, (_, at) => String(at)).join(" "));
    expect(byId(page, "d599").prev).toBe(byId(page, "d598"));
  });

  test("every node is where its parent and its siblings say it is", () => {
    const fragment = fc.constantFrom("<div>", "</div>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<p>", "x", "<a>", "<form>", "</p>", "</a>", "<template shadowrootmode=open>", "<template>", "</template>", "<select>", "<option>", "<svg>", "<title>"); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), fc.constantFrom(0, 530), (parts, depth) => {
        const page = pageOf("<div>".repeat(depth) + parts.join(""));
        for (const node of nodesOf(page)) {
          if (!("children" in node)) continue;
          node.children.forEach((child, at) => {
            expect(child.parent).toBe(node);
            expect(child.prev).toBe(node.children[at - 1] ?? null);
            expect(child.next).toBe(node.children[at + 1] ?? null);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  test("every element is found again by its path", () => {
    const page = pageOf("<main><ul><li>a<li>b<template shadowrootmode=open><p>c</p></template></ul><table><td>d");
    const elements = [...nodesOf(page)].filter(isTag);

    expect(elements.map((element) => nodeAt(page.root, nodePath(element)))).toEqual(elements);
  });

  test("a path is found whatever was looked for before it, and only as it is written", () => {
    const page = pageOf("<ul><li>a<b>c</b><li>b</ul><a[x>odd</a[x><ol><li>d</ol>");
    const [list, odd, other] = ["/html[1]/body[1]/ul[1]", "/html[1]/body[1]/a[x[1]", "/html[1]/body[1]/ol[1]"];
    const found = (path: string) => nodeAt(page.root, path)?.name ?? null;

    expect([`${list}/li[1]`, `${list}/li[1]/b[1]`, `${list}/li[2]`, list, odd, other].map(found)).toEqual([
      "li",
      "b",
      "li",
      "ul",
      "a[x",
      "ol",
    ]);
    for (const path of [
      "",
      "/",
      `${list}/`,
      `${list}x`,
      `${list}/li[3]`,
      `${list}/li[1`,
      `${list}/li[0]`,
      `${list}/li`,
    ])
      expect(found(path)).toBeNull();
    expect(found(`${list}/li[1]/b[2]`)).toBeNull();
    expect(found(`${list}/li[1]/b[1]`)).toBe("b");
  });

  test("a declarative shadow root is content, a plain template is not", () => {
    const page = pageOf(
      "<x-row><template shadowrootmode=open><b>shown</b></template></x-row><template>hidden</template>",
    );

    expect(textOf(page.root)).toBe("shown");
  });
});

describe("addresses", () => {
  test("links resolve against the first base that has an address", () => {
    expect(pageOf("<base target=_top><base href=/a/><base href=/b/>").baseUrl).toBe("https://town.example/a/");
  });

  test("a base that is no address is ignored", () => {
    expect(pageOf('<base href="http://[">').baseUrl).toBe("https://town.example/list/");
  });

  test("links inside an inlined frame resolve against that frame", () => {
    const page = pageOf(
      '<base href="/base/"><div data-gleaner-frame="/inner/x.html"><base href="/no/"><a id=a></a></div><a id=b></a>',
    );

    expect(baseUrlOf(byId(page, "a"), page)).toBe("https://town.example/inner/x.html");
    expect(baseUrlOf(byId(page, "b"), page)).toBe("https://town.example/base/");
  });

  test("the title is the page's own, not one of a drawing or a frame", () => {
    expect(pageOf("<svg><title>Logo</title></svg><title>Open tenders</title>").title).toBe("Open tenders");
  });
});
