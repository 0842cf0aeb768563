import { isTag, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { elementsBelow, parentOf } from "../page/elements.ts";

const FEWEST_COLUMNS = 3;
const MAX_CLIMB = 4;
const MAX_CELL = 60;

/**
 * Texts over the cells of a table that is made of boxes: cells with the role of a column's header, else a row of short
 * different words with as many boxes as a record, right before the records. Empty when there are none.
 */
export function gridHeaderOf(page: Page, units: readonly RecordUnit[]): readonly string[] {
  const [first] = units;
  const [row] = first?.nodes ?? [];
  if (!first || first.nodes.length !== 1 || !row || !isTag(row) || row.name === "tr") return [];
  const columns = row.children.filter(isTag).length;
  if (columns < FEWEST_COLUMNS) return [];
  const outline = outlineOf(page);
  const cells = cellsByRole(first.container) ?? rowBefore(row, first.container, outline);
  return cells && cells.length === columns ? cells.map((cell) => outline.textOf(cell).slice(0, MAX_CELL)) : [];
}

/** The headers of the grid around a container. */
function cellsByRole(container: Element): Element[] | null {
  let around: Element | null = container;
  for (let climbed = 0; around && climbed <= MAX_CLIMB; climbed += 1) {
    const [first] = [...elementsBelow(around)].filter(({ attribs }) => attribs["role"] === "columnheader");
    const row = first ? parentOf(first) : null;
    if (row) return row.children.filter(isTag);
    if (["grid", "table", "treegrid"].includes(around.attribs["role"] ?? "")) return null;
    around = parentOf(around);
  }
  return null;
}

function rowBefore(row: Element, container: Element, outline: PageOutline): Element[] | null {
  for (const node of [row, container]) {
    let before = node.prev;
    while (before && !isTag(before)) before = before.prev;
    const cells = before ? before.children.filter(isTag) : [];
    const texts = cells.map((cell) => outline.textOf(cell)).filter((text) => text !== "");
    const isWordy = texts.every((text) => text.length <= 30 && !/\d/.test(text));
    if (texts.length >= FEWEST_COLUMNS && texts.length >= cells.length * 0.6 && isWordy && isDistinct(texts))
      return cells;
  }
  return null;
}

const isDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;
