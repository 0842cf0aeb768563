import { isTag, type ChildNode, type Element } from "domhandler";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import { isForReaders } from "../page/for-readers.ts";
import type { Page } from "../page/page.ts";
import { rowChildren, rowsOf, widthOf } from "./row-cells.ts";

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
  const at = rows.slice(0, 12).findIndex((row) => row.name === "tr" && isHeaderRow(row, outline, true));
  const [header, below] = at < 0 ? [] : rows.slice(at, at + 2);
  if (!header) return [];
  return below && isUnderSpans(header, below) && isHeaderRow(below, outline, true)
    ? joined(header, below, outline)
    : textsOver(header, outline);
}

/** Texts of a row's cells, one for each column that a cell spans. */
function textsOver(row: Element, outline: PageOutline): string[] {
  const cells = cellsOf(row);
  return spread(
    cells,
    cells.map((cell) => nameIn(cell, outline)),
  );
}

/** Without the words for screen readers: they tell how to sort by a column, or that it is sorted, not what it holds. */
function nameIn(cell: Element, outline: PageOutline): string {
  const whole = outline.textOf(cell);
  const shown = cell.children.flatMap((child) => shownIn(child, outline)).join(" ");
  return shown.length < whole.length && shown !== "" ? shown : whole;
}

function shownIn(node: ChildNode, outline: PageOutline): string[] {
  if (!isTag(node)) return [outline.textOf(node)].filter((text) => text !== "");
  if (isForReaders(node)) return [];
  const isMixed = node.children.some((child) => isTag(child) && isForReaders(child));
  return isMixed ? node.children.flatMap((child) => shownIn(child, outline)) : [outline.textOf(node)];
}

/** Whether a row says what the columns are under cells that span several of them: it fills what the row above leaves open. */
function isUnderSpans(above: Element, row: Element): boolean {
  const open = cellsOf(above).filter((cell) => rowsOf(cell) === 1);
  const width = (cells: readonly Element[]): number => cells.reduce((sum, cell) => sum + widthOf(cell), 0);
  return open.some((cell) => widthOf(cell) > 1) && row.name === "tr" && width(open) === width(cellsOf(row));
}

/** The names of columns from two rows of headers: the lower one's, with the upper one's before it where that alone tells them apart. */
function joined(above: Element, below: Element, outline: PageOutline): string[] {
  const lower = textsOver(below, outline);
  const pairs = cellsOf(above).flatMap((cell) => {
    const text = nameIn(cell, outline);
    const under = rowsOf(cell) > 1 ? [] : lower.splice(0, widthOf(cell));
    return under.length > 0
      ? under.map((name) => [text, name])
      : Array.from({ length: widthOf(cell) }, () => ["", text]);
  });
  const names = pairs.map(([text = "", name = ""]) => name || text);
  return pairs.map(([text = "", name = ""]) =>
    names.filter((one) => one === name).length > 1 ? `${text} ${name}`.trim() : name || text,
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
  if (!isMarked && (!amongTelling || cells.length < 3 || !standsFirst(row))) return false;
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

/** The first row with several cells, or the one under it that its cells leave open. */
function standsFirst(row: Element): boolean {
  const before = rowBefore(row);
  return before === null || (isUnderSpans(before, row) && rowBefore(before) === null);
}

/** The nearest row above that has several cells. */
function rowBefore(row: Element): Element | null {
  for (let node = row.prev; node; node = node.prev)
    if (isTag(node) && node.name === "tr" && cellsOf(node).length > 1) return node;
  return null;
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
