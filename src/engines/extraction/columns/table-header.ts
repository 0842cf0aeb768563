import { isTag, type Element } from "domhandler";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { rowChildren, widthOf } from "./row-cells.ts";

/** Texts of the header cells over the columns of a table, counting what spans columns; empty when there are none. */
export function headerOf(page: Page, container: Element): readonly string[] {
  const table = ancestorTable(container);
  if (!table) return [];
  const cached = page.notes.headers.get(table);
  if (cached) return cached;
  const header = readHeader(page, table);
  page.notes.headers.set(table, header);
  return header;
}

function ancestorTable(node: Element): Element | null {
  for (
    let current: Element | null = node;
    current;
    current = current.parent && isTag(current.parent) ? current.parent : null
  ) {
    if (current.name === "table") return current;
    if (current.name !== "tbody" && current.name !== "thead" && current.name !== "tfoot") return null;
  }
  return null;
}

function readHeader(page: Page, table: Element): string[] {
  const outline = outlineOf(page);
  const sections = table.children.filter(isTag);
  const rows = sections.flatMap((section) =>
    section.name === "tr" ? [section] : ["thead", "tbody"].includes(section.name) ? section.children.filter(isTag) : [],
  );
  const header = rows.slice(0, 12).find((row) => row.name === "tr" && isHeaderRow(row, outline, true));
  const cells = header ? cellsOf(header) : [];
  return spread(
    cells,
    cells.map((cell) => outline.textOf(cell)),
  );
}

const cellsOf = (row: Element): Element[] =>
  row.children.filter(isTag).filter(({ name }) => name === "td" || name === "th");

/**
 * A header is made of `<th>`, stands in `<thead>`, or is the first row with several cells and holds nothing but short
 * different words; the last only where most other rows hold numbers or links (`amongTelling`).
 */
export function isHeaderRow(row: Element, outline: PageOutline, amongTelling: boolean): boolean {
  const cells = cellsOf(row);
  const isMarked = isMarkedAsHeader(row);
  // Most rows are told by this much, without their texts.
  if (!isMarked && (!amongTelling || cells.length < 3 || !isFirstRow(row))) return false;
  const filled = cells.map((cell) => outline.textOf(cell)).filter((text) => text !== "");
  if (filled.length < 2 || filled.some((text) => text.length > 60)) return false;
  if (isMarked) return true;
  return !filled.some((text) => text.length > 40 || /\d/.test(text)) && new Set(filled).size === filled.length;
}

/** Whether the markup says that a row is a header. */
export const isMarkedAsHeader = (row: Element): boolean =>
  row.name === "tr" && (isInHead(row) || cellsOf(row).every(({ name }) => name === "th"));

function isInHead({ parent }: Element): boolean {
  return parent !== null && isTag(parent) && parent.name === "thead";
}

function isFirstRow(row: Element): boolean {
  for (let node = row.prev; node; node = node.prev)
    if (isTag(node) && node.name === "tr" && cellsOf(node).length > 1) return false;
  return true;
}

function spread(cells: readonly Element[], texts: readonly string[]): string[] {
  return cells.flatMap((cell, i) =>
    Array.from({ length: Math.min(Number(cell.attribs["colspan"]) || 1, 100) }, () => texts[i] ?? ""),
  );
}

/** The cell of a row that stands in a column, its own or one of an earlier row that spans it. */
export function cellInColumn(row: Element, column: number): Element | null {
  let at = 0;
  for (const child of rowChildren(row)) {
    if (!isTag(child) || (child.name !== "td" && child.name !== "th")) continue;
    const width = widthOf(child);
    if (column < at + width) return child;
    at += width;
  }
  return null;
}
