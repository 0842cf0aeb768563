import { isTag, type AnyNode, type Element } from "domhandler";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { lowerBound, outlineOf, type Span } from "./page-outline.ts";

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}";
const DATE = new RegExp(
  `\\b(?:${MONTH}\\.?,? \\d{1,2}\\b|\\d{1,2}(?:st|nd|rd|th)?\\.?[ -]${MONTH}\\b|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2}))\\b`,
  "gi",
);
/** Codes such as `24-CV-0758`, `2021/0043`, `A14A1744`: letters or marks among digits. */
const CODE = /\b(?=[\w./-]{0,30}\d)(?=[\w./-]{0,30}[A-Z./-])[A-Z0-9]{1,12}(?:[./-][A-Z0-9]{1,12}){0,5}\b/g;

/** A link of the page and where its text stands. */
export interface PageLink {
  readonly node: Element;
  readonly href: string;
  readonly span: Span;
}

/** What tells records from other repeated content, found once for the whole page and counted per span. */
export interface PageSignals {
  readonly dates: readonly number[];
  readonly codes: readonly number[];
  readonly links: readonly PageLink[];
  readonly linkStarts: readonly number[];
  /** How often each address is linked on the page. */
  readonly linkCount: ReadonlyMap<string, number>;
}

const known = new WeakMap<Page, PageSignals>();

export function signalsOf(page: Page): PageSignals {
  let signals = known.get(page);
  if (!signals) known.set(page, (signals = readSignals(page)));
  return signals;
}

/** How many of these offsets fall into a span. */
export function countIn(offsets: readonly number[], [start, end]: Span): number {
  return lowerBound(offsets, end) - lowerBound(offsets, start);
}

/** The links whose text (or place, where they hold a picture) falls into a span. */
export function linksIn(signals: PageSignals, [start, end]: Span): PageLink[] {
  const found: PageLink[] = [];
  for (let i = lowerBound(signals.linkStarts, start); i < signals.links.length; i += 1) {
    const link = signals.links[i];
    if (!link || link.span[0] > end) break;
    if (link.span[1] <= end) found.push(link);
  }
  return found;
}

/** Address of a link; null for what leads nowhere (`#`, `javascript:`). */
export function hrefOf(node: AnyNode, baseUrl: string | null): string | null {
  if (!isTag(node) || (node.name !== "a" && node.name !== "area")) return null;
  const href = node.attribs["href"]?.trim();
  if (!href || href === "#" || /^javascript:/i.test(href)) return null;
  return resolveUrl(href, baseUrl) ?? href;
}

function readSignals(page: Page): PageSignals {
  const outline = outlineOf(page);
  const links: PageLink[] = [];
  const linkCount = new Map<string, number>();
  for (const node of outline.elements) {
    const href = hrefOf(node, page.baseUrl);
    const span = href === null ? null : outline.spanOf(node);
    if (href === null || !span) continue;
    links.push({ node, href, span });
    linkCount.set(href, (linkCount.get(href) ?? 0) + 1);
  }
  return {
    dates: Array.from(outline.text.matchAll(DATE), ({ index }) => index),
    codes: Array.from(outline.text.matchAll(CODE), ({ index }) => index),
    links,
    linkStarts: links.map(({ span }) => span[0]),
    linkCount,
  };
}
