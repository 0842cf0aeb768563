import type { PageOutline } from "../outline/page-outline.ts";
import { trimDecoration } from "./clean-text.ts";
import type { Column, ColumnCell } from "./column.ts";
import { learnPattern, mostCommon } from "./learn-pattern.ts";
import { compilePattern, matchPattern, partKinds, partLeads } from "./text-pattern.ts";

/** A column and, where most of its texts are built alike, columns for their parts. */
export function splitColumn(outline: PageOutline, column: Column): Column[] {
  if (column.take.from !== "text" || column.take.pattern !== undefined || isMultiline(outline, column)) return [column];
  const texts = [...column.cells.values()].map(({ text }) => text);
  const source = texts.every(isAmount) ? null : learnPattern(texts);
  if (source === null) return [column];
  const parts = partsOf(column, source);
  const [only] = parts;
  if (only && parts.length === 1 && only.cells.size === column.cells.size && only.kind === "date")
    return [withNames(only, column)];
  return [column, ...parts.filter((part) => !part.isLabel)];
}

/** Digits, their marks and the sign of a currency: `$692,705.00` is one value, however alike the parts of all are. */
const isAmount = (text: string): boolean => /\p{Sc}/u.test(text) && /^[\p{Sc}\p{N}\s.,'’-]+$/u.test(text);

/** `Decided 06/17/2024` is the date with a label; nothing is lost when the date stands for it. */
function withNames(part: Column, whole: Column): Column {
  return {
    ...part,
    origin: "whole",
    hints: { ...whole.hints, ...part.hints, own: whole.hints.own, around: whole.hints.around },
  };
}

interface Part extends Column {
  readonly kind: string;
  readonly isLabel: boolean;
}

function partsOf(column: Column, source: string): Part[] {
  const pattern = compilePattern(source);
  const kinds = partKinds(pattern);
  const leads = partLeads(pattern);
  const cells = kinds.map(() => new Map<number, ColumnCell>());
  for (const [index, cell] of column.cells)
    matchPattern(pattern, cell.text)?.forEach(([start, end], part) => {
      const cut = trimDecoration(cell.text.slice(start, end));
      const [from, to] = [start + cut.start, start + cut.end];
      if (from < to)
        cells[part]?.set(index, {
          ...cell,
          span: [cell.span[0] + from, cell.span[0] + to],
          text: cell.text.slice(from, to),
        });
    });
  const labels = kinds.map((_, part) => labelAt(cells[part], leads[part + 1] ?? ""));
  return kinds.map((kind, part) => {
    const label = labels[part - 1] ?? leadLabel(leads[part] ?? "");
    return {
      slot: column.slot,
      places: [...column.places],
      take: { ...column.take, pattern: source, part },
      cells: cells[part] ?? new Map(),
      hints: { own: [], around: [], ...(label === null ? {} : { label }) },
      alsoOwn: [],
      origin: "part",
      of: column,
      kind,
      isLabel: labels[part] !== null,
    };
  });
}

/** A part that reads the same in most records and stands before a colon is the label of the next. */
function labelAt(cells: ReadonlyMap<number, ColumnCell> | undefined, follows: string): string | null {
  if (!cells || !follows.startsWith(":")) return null;
  const common = mostCommon([...cells.values()].map(({ text }) => text));
  return common && common.count >= cells.size * 0.7 && common.value.length <= 40 ? common.value : null;
}

/** "No. " or "Decided " before a part names it. */
function leadLabel(lead: string): string | null {
  const words = lead.replace(/[^\p{L} ]+/gu, " ").trim();
  return words.length > 1 && words.length <= 40 ? words : null;
}

/** Texts of several lines are read line by line, not by one pattern. */
function isMultiline(outline: PageOutline, { cells }: Column): boolean {
  let several = 0;
  for (const { span } of cells.values()) if (outline.linesIn(span).length > 1) several += 1;
  return several * 5 > cells.size;
}
