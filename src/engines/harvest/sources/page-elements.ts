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

/** `<link rel="prev">`: the page is part of a row of pages. */
export function leadsBackInHead(page: Page): boolean {
  for (const { name, attribs } of elementsOf(page)) {
    if (name === "body") return false;
    if (name === "link" && /^prev(?:ious)?$/i.test((attribs["rel"] ?? "").trim())) return true;
  }
  return false;
}

/** Where a page that only sends its visitor on leads: `<meta http-equiv="refresh" content="0; url=…">`. */
export function refreshTarget(page: Page): string | null {
  for (const { name, attribs } of elementsOf(page)) {
    if (name !== "meta" || attribs["http-equiv"]?.toLowerCase() !== "refresh") continue;
    const [, seconds, written] = /^\s*(\d{1,3})\s*[;,]\s*url\s*=\s*['"]?([^'"]*)/i.exec(attribs["content"] ?? "") ?? [];
    const url = written === undefined ? null : URL.parse(written.trim(), page.baseUrl ?? undefined);
    if (url && Number(seconds) <= LONGEST_WAIT_S && /^https?:$/.test(url.protocol) && url.href !== page.url)
      return url.href;
  }
  return null;
}

/** Pages that reload themselves after minutes show news, they don't send their visitor on. */
const LONGEST_WAIT_S = 15;

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
