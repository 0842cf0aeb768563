import type { Element } from "domhandler";
import { frameOf } from "./base-url-of.ts";
import { breakLines } from "./break-lines.ts";
import { buildTree } from "./build-tree.ts";
import { decodePage } from "./decode-page.ts";
import { dataTree, isData } from "./data-page.ts";
import { isCut } from "./cut-markup.ts";
import { closest } from "./elements.ts";
import { PageTooLarge } from "./errors.ts";
import type { Page, PageSource } from "./page.ts";
import { resolveUrl } from "./resolve-url.ts";
import { settleTree } from "./settle-tree.ts";
import { textOf } from "./text-of.ts";

const MAX_BYTES = 16_000_000;
const MAX_NODES = 1_000_000;

/**
 * Decodes and parses a page as a browser would, without running scripts. Takes time in proportion to the page:
 * throws `PageTooLarge` or `PageTooComplex` beyond the limits.
 */
export function parsePage(source: PageSource): Page {
  const { bytes, url = null, sent = null, limits = {} } = source;
  const { maxBytes = MAX_BYTES, maxNodes = MAX_NODES } = limits;
  if (bytes.byteLength > maxBytes) throw new PageTooLarge({ bytes: bytes.byteLength, maxBytes });
  const { text, charset, conflicts } = decodePage(source);
  const isJson = isData(source.contentType, text);
  const { root, bases, titles, preformatted, controls } = isJson ? dataTree(text) : buildTree(text, maxNodes);
  settleTree(root);
  breakLines(preformatted);
  const base = bases.find((node) => "href" in node.attribs && belongsToPage(node));
  const title = titles.find((node) => node.namespace === HTML && belongsToPage(node));
  return {
    url,
    baseUrl: base ? (resolveUrl(base.attribs["href"] ?? "", url) ?? url) : url,
    charset,
    root,
    title: title ? textOf(title) : "",
    byteLength: bytes.byteLength,
    isData: isJson,
    sent,
    isCut: !isJson && isCut(text),
    conflicts,
    notes: { outline: null, signals: null, headers: new Map() },
    strayControls: new Map(controls.filter(([control, form]) => closest(control, (node) => node === form) === null)),
  };
}

const HTML = "http://www.w3.org/1999/xhtml";

/** Parts of other documents, inlined in place of their frames, speak only for themselves. */
function belongsToPage(node: Element): boolean {
  return frameOf(node) === null;
}
