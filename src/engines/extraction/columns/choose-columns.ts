import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import type { Column } from "./column.ts";
import { leastFill } from "./draft-columns.ts";
import { mostCommon } from "./learn-pattern.ts";
import { splitColumn } from "./split-column.ts";

const MAX_COLUMNS = 60;
/** A column says nothing new when another has the same value in this share of its records. */
const SAME = 0.9;

/** Splits, merges and drops drafts until every column says something that no other says. */
export function chooseColumns(page: Page, drafts: readonly Column[], units: readonly RecordUnit[]): Column[] {
  const records = units.length;
  const telling = dropRepeated(drafts)
    .filter((column) => !isConstant(column, records) && !isFragment(column, drafts, records))
    .filter((column, _, all) => !isWholeRecord(column, all));
  const split = telling.flatMap((column) => splitColumn(outlineOf(page), column));
  const labels = split.filter(({ origin, places }) => origin === "label" || places.some(({ by }) => by === "label"));
  return dropRepeated(split)
    .filter((column) => !isLabelledLine(column, labels))
    .filter((column) => column.cells.size >= leastFill(records) && !isConstant(column, records))
    .slice(0, MAX_COLUMNS);
}

/**
 * Of columns with (nearly) the same values the one with most values stays, the first of equals, and learns the names
 * and places of the others. A link inside a cell, the cell, and the label in it are one column.
 */
function dropRepeated(columns: readonly Column[]): Column[] {
  const kept: Column[] = [];
  for (const column of columns) {
    const at = kept.findIndex((one) => isSame(one, column));
    const known = kept[at];
    if (!known) kept.push(column);
    else if (column.cells.size > known.cells.size) {
      adoptNames(column, known);
      kept[at] = column;
    } else adoptNames(known, column);
  }
  return kept;
}

function isSame(a: Column, b: Column): boolean {
  if ((a.take.from === "attribute") !== (b.take.from === "attribute")) return false;
  const [fewer, more] = a.cells.size <= b.cells.size ? [a, b] : [b, a];
  let differ = 0;
  const allowed = fewer.cells.size * (1 - SAME);
  for (const [index, { text }] of fewer.cells)
    if (more.cells.get(index)?.text.toLowerCase() !== text.toLowerCase() && (differ += 1) > allowed) return false;
  return fewer.cells.size >= more.cells.size * 0.5 || differ === 0;
}

function adoptNames(column: Column, other: Column): void {
  if (other.hints.header !== undefined) column.hints.header ??= other.hints.header;
  if (other.hints.label !== undefined) column.hints.label ??= other.hints.label;
  if (other.hints.before !== undefined) column.hints.before ??= other.hints.before;
  if (other.hints.property !== undefined) column.hints.property ??= other.hints.property;
  column.alsoOwn.push(...other.hints.own, ...other.alsoOwn);
  if (other.take.pattern === undefined && column.take.pattern === undefined) column.places.push(...other.places);
}

/** The same in every record: a label, a button, a decoration. Under a table header it is still a value. */
function isConstant({ cells, hints, origin, slot }: Column, records: number): boolean {
  if (records < 3 || cells.size < 3) return false;
  const common = mostCommon([...cells.values()].map(({ text }) => text));
  if (!common || common.count < cells.size * 0.95) return false;
  const isCell = hints.header !== undefined && origin === "whole" && slot !== null && slot.column >= 0;
  return !(isCell && cells.size >= records * 0.9) && hints.label === undefined;
}

/** The text of the whole record, where other columns hold its pieces: every record has it as its text anyway. */
function isWholeRecord({ slot, origin, cells }: Column, columns: readonly Column[]): boolean {
  if (origin !== "whole" || !slot || slot.parent) return false;
  const pieces = columns.filter(
    (one) => one.origin === "whole" && one.slot?.parent && one.cells.size >= cells.size * 0.8,
  );
  let covered = 0;
  let length = 0;
  for (const [index, { span }] of cells) {
    length += span[1] - span[0];
    for (const piece of pieces) {
      const own = piece.cells.get(index)?.span;
      if (own && piece.slot?.parent?.parent === null) covered += own[1] - own[0];
    }
  }
  return pieces.length > 1 && covered >= length * 0.85;
}

/** `Closing: 12 May` as a whole says no more than the column of that label. */
function isLabelledLine({ cells, origin, hints }: Column, labels: readonly Column[]): boolean {
  if (origin !== "whole" || hints.header !== undefined) return false;
  return labels.some((label) => {
    let same = 0;
    for (const [index, { span }] of cells) {
      const value = label.cells.get(index)?.span;
      if (value && value[1] === span[1] && value[0] > span[0] && value[0] - span[0] <= 45) same += 1;
    }
    return same >= cells.size * 0.8;
  });
}

/** A piece of running text that is set off by style in a few records: an emphasised word, what follows it. */
function isFragment(column: Column, drafts: readonly Column[], records: number): boolean {
  const { slot, origin, hints } = column;
  if (origin !== "whole" || !slot?.parent || column.cells.size > records * 0.4 || hints.own.length > 0) return false;
  const around = drafts.find((one) => one.slot === slot.parent && one.origin === "whole");
  return around !== undefined && around.cells.size > column.cells.size * 2;
}
