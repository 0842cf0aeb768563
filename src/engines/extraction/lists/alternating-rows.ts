import { isTag, type AnyNode, type Element } from "domhandler";

const LONGEST_PERIOD = 4;
const FEWEST_ROUNDS = 3;

const holdsTallCell = (row: Element): boolean =>
  row.children.some((cell) => isTag(cell) && Number(cell.attribs["rowspan"] ?? 1) > 1);

/** How the cells of a row are laid out: what each spans. */
function layoutOf(row: Element): string {
  return row.children
    .filter((cell) => isTag(cell) && (cell.name === "td" || cell.name === "th"))
    .map((cell) => (isTag(cell) ? (cell.attribs["colspan"] ?? "1") : ""))
    .join(" ");
}

/**
 * After how many rows the layout of a table's rows repeats, where each record takes several: a row of values, then one that
 * holds its description. Null when each row is laid out like the others, or nothing repeats, or a cell spans rows: then
 * the others lack it because they share it.
 */
export function periodOf(nodes: readonly (AnyNode | undefined)[]): number | null {
  const rows = nodes.filter((node) => node !== undefined).filter((node) => isTag(node) && node.name === "tr");
  if (rows.length !== nodes.length || rows.length < 2 * FEWEST_ROUNDS) return null;
  if (rows.some((row) => isTag(row) && holdsTallCell(row))) return null;
  const layouts = rows.map((row) => (isTag(row) ? layoutOf(row) : ""));
  for (let period = 2; period <= LONGEST_PERIOD && layouts.length >= period * FEWEST_ROUNDS; period += 1)
    if (new Set(layouts.slice(0, period)).size > 1 && layouts.every((layout, at) => layout === layouts[at % period]))
      return layouts.length % period === 0 ? period : null;
  return null;
}
