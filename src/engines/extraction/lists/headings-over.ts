import { isTag, type Element } from "domhandler";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import { countIn, signalsOf } from "../outline/page-signals.ts";
import { closest } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import type { Candidate } from "./candidate.ts";

const HEADING = /^(h[1-6]|caption|legend|summary)$/;
const LONGEST = 120;

/**
 * The words that stand above each container, which tell apart lists that are built alike; null where none do. Numbers are
 * left out ("Open tenders (12)"), and dates tell nothing apart: a table per month is one list.
 */
export function headingsOver(page: Page, containers: readonly Element[]): Map<Element, string | null> {
  const outline = outlineOf(page);
  const headings = outline.elements.filter(isHeading);
  const inOrder = containers.toSorted((a, b) => (a.startIndex ?? 0) - (b.startIndex ?? 0));
  const over = new Map<Element, string | null>();
  let from = 0;
  let last: string | null = null;
  for (const container of inOrder) {
    const top = closest(container, ({ name }) => name === "table") ?? container;
    const [start, end] = outline.spanOf(top) ?? [from, from];
    const region: Span = [from, Math.max(from, start)];
    last = headingIn(page, region, headings, top) ?? last;
    over.set(container, last);
    from = Math.max(from, end);
  }
  return over;
}

/** The part of a candidate that stands under these headings; null when nothing of it does. */
export function partUnder(page: Page, candidate: Candidate, headings: readonly string[]): Candidate | null {
  const over = headingsOver(page, candidate.containers);
  const containers = candidate.containers.filter((container) => headings.includes(over.get(container) ?? ""));
  const units = candidate.units.filter(({ container }) => containers.includes(container));
  return units.length === 0 ? null : { ...candidate, containers, units, under: headings };
}

/** Heading elements count before other words: those may tell anything. */
function headingIn(page: Page, region: Span, headings: readonly Element[], top: Element): string | null {
  const outline = outlineOf(page);
  const caption = top.children.find((child) => isTag(child) && child.name === "caption");
  const span =
    (caption && outline.spanOf(caption)) ?? lastHeading(outline, headings, region) ?? lastShortLine(outline, region);
  if (!span || countIn(signalsOf(page).dates, span) > 0) return null;
  const words = outline.text
    .slice(...span)
    .toLowerCase()
    .match(/\p{L}+/gu);
  const text = (words ?? []).join(" ").slice(0, LONGEST);
  return text.length > 1 ? text : null;
}

function lastHeading(outline: PageOutline, headings: readonly Element[], [from, to]: Span): Span | null {
  const inside = headings.flatMap((heading) => {
    const span = outline.spanOf(heading);
    return span && span[1] > span[0] && span[0] >= from && span[1] <= to ? [span] : [];
  });
  return inside.at(-1) ?? null;
}

/** Only between two lists: before the first, everything of the page would be asked. */
function lastShortLine(outline: PageOutline, region: Span): Span | null {
  const line = outline.linesIn(region).at(-1);
  return line && line[1] - line[0] <= LONGEST ? line : null;
}

function isHeading({ name, attribs }: Element): boolean {
  return HEADING.test(name) || attribs["role"] === "heading";
}
