import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import type { Column, ColumnCell } from "./column.ts";
import { trimDecoration } from "./clean-text.ts";
import { leastFill } from "./draft-columns.ts";
import { learnPattern } from "./learn-pattern.ts";
import { compilePattern, matchPattern, partKinds, partLeads } from "./text-pattern.ts";

const MAX_COLUMNS = 60;

/** Splits, merges and drops drafts until every column says something that no other says. */
export function chooseColumns(page: Page, drafts: readonly Column[], units: readonly RecordUnit[]): Column[] {
  const outline = outlineOf(page);
  const whole = dropRepeated(drafts, units.length).filter((column) => !isConstant(column, units.length));
  const split = whole.flatMap((column) => [column, ...partsOf(outline, column)]);
  return dropRepeated(split, units.length)
    .filter((column) => column.cells.size >= leastFill(units.length) && !isConstant(column, units.length))
    .slice(0, MAX_COLUMNS);
}

/** Of columns with the same values the first stays, and learns the names of the others. */
function dropRepeated(columns: readonly Column[], records: number): Column[] {
  const bySignature = new Map<string, Column>();
  const kept: Column[] = [];
  for (const column of columns) {
    const signature = signatureOf(column, records);
    const known = bySignature.get(signature);
    if (known) {
      if (column.hints.header !== undefined) known.hints.header ??= column.hints.header;
      if (column.hints.label !== undefined) known.hints.label ??= column.hints.label;
      if (column.hints.property !== undefined) known.hints.property ??= column.hints.property;
      if (column.origin === "whole" || column.origin === "attribute") known.hints.words.push(...column.hints.words);
      if (column.origin === "label" && known.origin !== "label") known.places.push(...column.places);
      continue;
    }
    bySignature.set(signature, column);
    kept.push(column);
  }
  return kept;
}

function signatureOf({ cells, take }: Column, records: number): string {
  const parts: string[] = [take.from === "attribute" ? "@" : ""];
  for (let index = 0; index < records; index += 1) parts.push(cells.get(index)?.text.toLowerCase() ?? "");
  return parts.join("\n");
}

/** The same in every record: a label, a button, a decoration. Under a table header it is still a value. */
function isConstant({ cells, hints, origin }: Column, records: number): boolean {
  if (records < 3 || cells.size < 3) return false;
  const [first] = cells.values();
  for (const { text } of cells.values()) if (text !== first?.text) return false;
  return (
    !(hints.header !== undefined && origin === "whole" && cells.size >= records * 0.9) && hints.label === undefined
  );
}

/** Columns for the parts of a text that most records build alike. */
function partsOf(outline: PageOutline, column: Column): Column[] {
  if (column.take.from !== "text" || isMultiline(outline, column)) return [];
  const texts = [...column.cells.values()].map(({ text }) => text);
  const source = learnPattern(texts);
  if (source === null) return [];
  const pattern = compilePattern(source);
  const kinds = partKinds(pattern);
  const leads = partLeads(pattern);
  const cells = kinds.map(() => new Map<number, ColumnCell>());
  for (const [index, cell] of column.cells)
    matchPattern(pattern, cell.text)?.forEach(([start, end], part) => {
      const cut = trimDecoration(cell.text.slice(start, end));
      const text = cell.text.slice(start + cut.start, start + cut.end);
      if (text !== "")
        cells[part]?.set(index, {
          ...cell,
          span: [cell.span[0] + start + cut.start, cell.span[0] + start + cut.end],
          text,
        });
    });
  return kinds.map((kind, part) => ({
    slot: column.slot,
    places: column.places,
    take: { ...column.take, pattern: source, part },
    cells: cells[part] ?? new Map(),
    hints: { ...leadHint(leads[part] ?? ""), words: kind === "any" ? [] : [kind] },
    origin: "part" as const,
    of: column,
  }));
}

/** Texts of several lines are read line by line, not by one pattern. */
function isMultiline(outline: PageOutline, { cells }: Column): boolean {
  let several = 0;
  for (const { span } of cells.values()) if (outline.linesIn(span).length > 1) several += 1;
  return several * 5 > cells.size;
}

/** "No. " or "Decided " before a part names it. */
function leadHint(lead: string): { label?: string } {
  const words = lead.replace(/[^\p{L} ]+/gu, " ").trim();
  return words.length > 1 && words.length <= 40 ? { label: words } : {};
}
