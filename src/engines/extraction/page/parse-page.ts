import type { Document, Element } from "domhandler";
import { findOne } from "domutils";
import { parse } from "parse5";
import { adapter } from "parse5-htmlparser2-tree-adapter";
import { decodePage } from "./decode-page.ts";
import type { Page, PageSource } from "./page.ts";
import { resolveUrl } from "./resolve-url.ts";
import { textOf } from "./text-of.ts";

/** Decodes and parses a page as a browser would (WHATWG HTML, by parse5), without running scripts. */
export function parsePage({ bytes, url = null, contentType = null, encoding = null }: PageSource): Page {
  const { text, charset } = decodePage({ bytes, contentType, encoding });
  const root: Document = parse(text, { treeAdapter: adapter });
  const base = findOne((node: Element) => node.name === "base" && "href" in node.attribs, root.children);
  const title = findOne((node: Element) => node.name === "title", root.children);
  return {
    url,
    baseUrl: base ? resolveUrl(base.attribs["href"] ?? "", url) : url,
    charset,
    root,
    title: title ? textOf(title) : "",
    byteLength: bytes.byteLength,
  };
}
