import type { AnyNode } from "domhandler";
import fc from "fast-check";
import { parse } from "parse5";
import { adapter } from "parse5-htmlparser2-tree-adapter";
import { describe, expect, test } from "vitest";
import { QuickParser } from "./quick-tokenizer.ts";

/** A tree as text: every node with all that tells it from another. */
function written(node: AnyNode): string {
  if ("data" in node) return `${node.type}:${JSON.stringify(node.data)}`;
  const mode = "x-mode" in node ? node["x-mode"] : "";
  const own = "attribs" in node ? [node.name, node.namespace, JSON.stringify(Object.entries(node.attribs))] : [];
  return `${node.type}:${mode}${own.join()}(${node.children.map(written).join()})`;
}

const quick = (html: string): string => written(QuickParser.parse(html, { treeAdapter: adapter }));
const standard = (html: string): string => written(parse(html, { treeAdapter: adapter }));

const TAGS = "html head body title textarea script style noscript p div table tbody tr td th caption colgroup col a b i form button select option optgroup ul li dl dd pre listing h1 svg path math mi annotation-xml foreignObject br hr img input iframe template xmp plaintext noembed frameset frame noframes x-row A TD font".split(" "); // prettier-ignore
const ATTRIBUTES = ["", " class=a", " class='a b'", ' title="x > y"', " Disabled", " a=1 A=2", " href=/a/b?c&amp;d&copy=e", ' x="&notit;&lt"', " =", " a = b", " a=", " a=b/", "/", " /", ' a="1"b="2"', " onclick='a<b'", " a\n=\n'\r\n'", " ü=ü", ' type="hidden"']; // prettier-ignore
const TEXTS = ["word", " ", "\n", "\r\n", "\t x \f", "&", "&amp;", "&nbsp;", "&#13;", "&#32;", "&#0;", "&notin;", "&no", "&#x41", "a < b", "<", "<3", "</", "</3>", "<?php ?>", "<!doctype html>", "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "<!-- a -->", "<!--", "-->", "<!-->", "<!--->", "<!-- a --!> b -->", "<!-- <!-- --->", "<![CDATA[ x ]]>", "<!x>", "\0", "😀", "\ud83d", "</script", "<a", "<a href='", "</a b=c>", "</a/>", "\u00a0", "]]>", "<!--<script>", "</sCript >", "</title\n>"]; // prettier-ignore

const tag = fc.constantFrom(...TAGS);
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(tag, fc.constantFrom(...ATTRIBUTES)).map(([name, rest]) => `<${name}${rest}>`) },
  { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."<>/!-=\"'& \nab;#") }) },
);

describe("the quick way builds the tree that parse5 builds", () => {
  test("of any markup", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const html = pieces.join("");
        expect(quick(html)).toBe(standard(html));
      }),
      { numRuns: 20_000 },
    );
  });

  test("of any characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (html) => {
        expect(quick(html)).toBe(standard(html));
      }),
      { numRuns: 2000 },
    );
  });

  test("of references to characters, in texts and in attributes", () => {
    const references = ["amp", "lt", "copy", "not", "notin", "nbsp", "Zopf", "AMP", "acE", "fjlig", "bne", "#65", "#x41", "#x80", "#xD800", "#x110000", "#", "#x", "bogus"]; // prettier-ignore
    for (const reference of references)
      for (const end of ["", ";", "=", "a", "1", " ", "&", "<b>", '"', ";;"]) {
        const html = `&${reference}${end}<p title="&${reference}${end}" id='&${reference}${end}' class=&${reference}${end}>&${reference}${end}</p><title>&${reference}${end}`;
        expect(quick(html)).toBe(standard(html));
      }
  });
});
