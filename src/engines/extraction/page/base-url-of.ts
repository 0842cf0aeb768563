import { isTag, type AnyNode } from "domhandler";
import type { Page } from "./page.ts";
import { resolveUrl } from "./resolve-url.ts";

/** What links at a node resolve against: the address of the frame it was taken from, else the page's base. */
export function baseUrlOf(node: AnyNode, page: Page): string | null {
  for (let current: AnyNode | null = node; current; current = current.parent) {
    const frame = isTag(current) ? current.attribs["data-gleaner-frame"] : undefined;
    if (frame) return resolveUrl(frame, page.baseUrl);
  }
  return page.baseUrl;
}
