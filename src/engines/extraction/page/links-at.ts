import { compileSelector, selectAll } from "../records/selector.ts";
import { baseUrlOf } from "./base-url-of.ts";
import { elementsBelow } from "./elements.ts";
import type { Page } from "./page.ts";
import { resolveUrl } from "./resolve-url.ts";

/** Absolute addresses of the links that a selector of the recipes' language finds, or that stand inside what it finds. */
export function linksAt(page: Page, source: string): string[] {
  const selector = compileSelector(source.replace(/='([^'"\\]*)'/g, '="$1"'));
  const found = selector ? selectAll(selector, page.root.children) : [];
  return found
    .flatMap((element) => [element, ...elementsBelow(element)])
    .filter(({ name }) => name === "a")
    .flatMap((link) => resolveUrl(link.attribs["href"] ?? "", baseUrlOf(link, page)) ?? []);
}
