import { isTag, type AnyNode, type Element } from "domhandler";
import { baseUrlOf, type Page } from "#engines/extraction";

/** All elements in document order. With its own stack: hostile pages nest deeper than the call stack reaches. */
function* elementsOf(page: Page): Generator<Element> {
  const pending: AnyNode[] = [...page.root.children].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!isTag(node)) continue;
    yield node;
    for (let child = node.lastChild; child; child = child.prev) pending.push(child);
  }
}

/** Whether the page runs anything: without scripts, a plain request brings all that a person would see. */
export function hasScript(page: Page): boolean {
  for (const { name, attribs } of elementsOf(page)) if (name === "script" && !isData(attribs["type"])) return true;
  return false;
}

function isData(type: string | undefined): boolean {
  return type !== undefined && /json|template|text\/x-|speculationrules/i.test(type);
}

/** Addresses of the frames that stand in the page and belong to the same site, in document order. */
export function framesOf(page: Page): string[] {
  const found: string[] = [];
  for (const element of elementsOf(page)) {
    if (element.name !== "iframe" && element.name !== "frame") continue;
    const url = URL.parse(element.attribs["src"] ?? "", baseUrlOf(element, page) ?? undefined);
    if (url && page.url !== null && isSameSite(url, new URL(page.url))) found.push(url.href);
  }
  return [...new Set(found)];
}

/** The same host, or hosts below one another: `list.city.example` in a page of `city.example`. */
function isSameSite(a: URL, b: URL): boolean {
  if (!/^https?:$/.test(a.protocol)) return false;
  return a.host === b.host || a.hostname.endsWith(`.${b.hostname}`) || b.hostname.endsWith(`.${a.hostname}`);
}

/** Links and what they say, for the few pages where a notice has to be passed. */
export function linksOf(page: Page): { url: string; element: Element }[] {
  const found: { url: string; element: Element }[] = [];
  for (const element of elementsOf(page)) {
    const href = element.name === "a" ? element.attribs["href"] : undefined;
    const url = href === undefined ? null : URL.parse(href, baseUrlOf(element, page) ?? undefined);
    if (url && /^https?:$/.test(url.protocol)) found.push({ url: url.href, element });
  }
  return found;
}
