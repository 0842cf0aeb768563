import { isTag, type AnyNode, type Element } from "domhandler";
import type { Page } from "./page.ts";
import { resolveUrl } from "./resolve-url.ts";

/** What links at a node resolve against: the address of the frame it was taken from, else the page's base. */
export function baseUrlOf(node: AnyNode, page: Page): string | null {
  const frame = frameOf(node);
  return frame ? (resolveUrl(frame.attribs["data-gleaner-frame"] ?? "", page.url) ?? page.baseUrl) : page.baseUrl;
}

/** The address of the document that a node was taken from: the frame around it, else the page. */
export function documentUrlOf(node: AnyNode, page: Page): string | null {
  const frame = frameOf(node);
  return frame ? (resolveUrl(frame.attribs["data-gleaner-frame"] ?? "", page.url) ?? page.url) : page.url;
}

/** The innermost element that stands for an inlined frame around a node; null in the page's own part. */
export function frameOf(node: AnyNode): Element | null {
  for (let current: AnyNode | null = node; current; current = current.parent)
    if (isTag(current) && current.attribs["data-gleaner-frame"]) return current;
  return null;
}
