import { isTag, type AnyNode, type Element } from "domhandler";

/** Tables with more carried cells than this are not worth the room. */
const MOST_CARRIED = 100_000;
const MOST_ROWS = 1000;

/** For each row group the rows that lack cells of their own, with what reaches down into them; null where none does. */
const known = new WeakMap<Element, ReadonlyMap<Element, readonly AnyNode[]> | null>();

/** The children of a row; where cells of earlier rows span it, the cells of the row in the order of their columns. */
export function rowChildren(row: Element): readonly AnyNode[] {
  const group = row.parent;
  if (row.name !== "tr" || !group || !isTag(group)) return row.children;
  let rows = known.get(group);
  if (rows === undefined) known.set(group, (rows = spannedRows(group)));
  return rows?.get(row) ?? row.children;
}

interface Carried {
  readonly cell: Element;
  rowsLeft: number;
}

function spannedRows(group: Element): ReadonlyMap<Element, readonly AnyNode[]> | null {
  const rows = group.children.filter((row) => isTag(row) && row.name === "tr").filter(isTag);
  if (!rows.some((row) => cellsOf(row).some((cell) => rowsOf(cell) > 1))) return null;
  const found = new Map<Element, readonly AnyNode[]>();
  const carried = new Map<number, Carried>();
  let total = 0;
  for (const row of rows) {
    const { cells, count } = placed(cellsOf(row), carried);
    if (count > 0) found.set(row, cells);
    if ((total += count) > MOST_CARRIED) return null;
  }
  return found;
}

/** Own and carried cells from left to right; what spans further rows is put into `carried`. */
function placed(own: readonly Element[], carried: Map<number, Carried>): { cells: Element[]; count: number } {
  const cells: Element[] = [];
  let count = 0;
  let column = 0;
  let next = 0;
  for (;;) {
    const above = carried.get(column);
    const cell = above?.cell ?? own[next];
    if (!cell) return { cells, count };
    cells.push(cell);
    if (above) {
      count += 1;
      if ((above.rowsLeft -= 1) === 0) carried.delete(column);
    } else {
      next += 1;
      if (rowsOf(cell) > 1) carried.set(column, { cell, rowsLeft: rowsOf(cell) - 1 });
    }
    column += widthOf(cell);
  }
}

const cellsOf = (row: Element): Element[] =>
  row.children.filter(isTag).filter(({ name }) => name === "td" || name === "th");

/** How many columns a cell takes. */
export const widthOf = ({ attribs }: Element): number => Math.min(Number(attribs["colspan"]) || 1, 100);

/** How many rows a cell takes. */
export function rowsOf({ attribs }: Element): number {
  const written = attribs["rowspan"];
  if (written === undefined) return 1;
  const rows = Number(written);
  return rows === 0 ? MOST_ROWS : Math.min(Math.max(1, Math.floor(rows) || 1), MOST_ROWS);
}
