import { isTag, type AnyNode, type Element } from "domhandler";
import type { Page } from "../page/page.ts";
import { addressOf } from "../page/written-address.ts";
import { MONTH_LETTER, monthOf } from "../values/dates/month-names.ts";
import { lowerBound, outlineOf, type Span } from "./page-outline.ts";

const MONTH = "((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})";
const DATE = new RegExp(
  `\\b(?:${MONTH}\\.?,? \\d{1,2}\\b|\\d{1,2}(?:st|nd|rd|th)?\\.?[ -]${MONTH}\\b|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2}))\\b`,
  "gi",
);
/** A day before a word that may be the month in any language, and a year somewhere behind: `1er juillet 2026`, `3 de mayo de 2026`. */
const NAMED_DATE = new RegExp(`\\b\\d{1,2}(?:er|[.ºª])? (?:de )?(${MONTH_LETTER}{3,12})\\.?,? (?:de )?\\d{4}\\b`, "gu");
/** Codes such as `24-CV-0758`, `2021/0043`, `A14A1744`: letters or marks among digits. */
const CODE = /\b(?=[\w./-]{0,30}\d)(?=[\w./-]{0,30}[A-Z./-])[A-Z0-9]{1,12}(?:[./-][A-Z0-9]{1,12}){0,5}\b/g;

/** A link of the page and where its text stands. */
export interface PageLink {
  readonly node: Element;
  readonly href: string;
  readonly span: Span;
}

/** What tells records from other repeated content, found once for the whole page, when first asked for. */
export class PageSignals {
  readonly #page: Page;
  #dates: readonly number[] | null = null;
  #codes: readonly number[] | null = null;
  #links: readonly PageLink[] | null = null;
  #linkStarts: readonly number[] | null = null;
  #linkCount: ReadonlyMap<string, number> | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Where dates begin in the page's text. */
  get dates(): readonly number[] {
    this.#dates ??= datesIn(outlineOf(this.#page).text);
    return this.#dates;
  }

  get codes(): readonly number[] {
    this.#codes ??= Array.from(outlineOf(this.#page).text.matchAll(CODE), ({ index }) => index);
    return this.#codes;
  }

  get links(): readonly PageLink[] {
    this.#links ??= readLinks(this.#page);
    return this.#links;
  }

  get linkStarts(): readonly number[] {
    this.#linkStarts ??= this.links.map(({ span }) => span[0]);
    return this.#linkStarts;
  }

  /** How often each address is linked on the page. */
  get linkCount(): ReadonlyMap<string, number> {
    if (!this.#linkCount) {
      const counts = new Map<string, number>();
      for (const { href } of this.links) counts.set(href, (counts.get(href) ?? 0) + 1);
      this.#linkCount = counts;
    }
    return this.#linkCount;
  }
}

function datesIn(text: string): number[] {
  const usual = usualDatesIn(text);
  const known = new Set(usual);
  const named = Array.from(text.matchAll(NAMED_DATE)).flatMap(({ index, 1: month = "" }) =>
    known.has(index) || monthOf(month) === undefined ? [] : [index],
  );
  return named.length === 0 ? usual : [...usual, ...named].sort((a, b) => a - b);
}

/** Names of people and places begin like months (`State v. Novak`, and a date behind them): those are passed over. */
function usualDatesIn(text: string): number[] {
  const found: number[] = [];
  const date = new RegExp(DATE);
  for (let match = date.exec(text); match; match = date.exec(text)) {
    const month = match[1] ?? match[2];
    if (month === undefined || monthOf(month) !== undefined) found.push(match.index);
    else date.lastIndex = match.index + (match[1] === undefined ? match[0].length - month.length : month.length);
  }
  return found;
}

export function signalsOf(page: Page): PageSignals {
  return (page.notes.signals ??= new PageSignals(page));
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

/** Address of a link or a row to click; null for what leads nowhere (`#`, `javascript:`). */
export const hrefOf = (node: AnyNode, baseUrl: string | null): string | null =>
  isTag(node) ? addressOf(node, baseUrl) : null;

function readLinks(page: Page): PageLink[] {
  const outline = outlineOf(page);
  const links: PageLink[] = [];
  for (const node of outline.elements) {
    const href = hrefOf(node, page.baseUrl);
    const span = href === null ? null : outline.spanOf(node);
    if (href !== null && span) links.push({ node, href, span });
  }
  return links;
}
