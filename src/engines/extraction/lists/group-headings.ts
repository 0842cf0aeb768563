import type { Page } from "../page/page.ts";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import { countIn, signalsOf } from "../outline/page-signals.ts";
import type { RecordUnit } from "./candidate.ts";

/** What stands above groups of records: a date, or other words. */
export type HeadingKind = "date" | "text";

const MAX_HEADING = 120;
/** How far before the first record its heading is looked for, in characters. */
const REACH = 400;

/**
 * Decides whether the lines between records are headings that several records share: the day over its meetings, the
 * court over its cases. Null when there are none, or when every record has lines of its own before it.
 */
export function headingKind(page: Page, units: readonly RecordUnit[]): HeadingKind | null {
  if (units.length < 2) return null;
  const outline = outlineOf(page);
  const { dates } = signalsOf(page);
  let gaps = 0;
  let dated = 0;
  const texts = new Set<string>();
  let isShort = true;
  for (let i = 1; i < units.length; i += 1) {
    const lines = linesBefore(outline, units, i);
    const last = lines.at(-1);
    if (!last) continue;
    gaps += 1;
    if (lines.some((line) => isDated(dates, line))) dated += 1;
    const text = outline.text.slice(last[0], last[1]);
    texts.add(text);
    if (text.length > 80 || lines.length > 3) isShort = false;
  }
  if (gaps === 0) return null;
  const first = linesBefore(outline, units, 0).some((line) => isDated(dates, line));
  if (dated >= gaps * 0.7 && (gaps > 1 || first)) return "date";
  const isShared = gaps > 1 && gaps * 1.5 <= units.length && texts.size > gaps / 2;
  return isShared && isShort ? "text" : null;
}

/** The heading above each record; null where none stands. */
export function headingsOf(page: Page, units: readonly RecordUnit[], kind: HeadingKind): (Span | null)[] {
  const outline = outlineOf(page);
  const { dates } = signalsOf(page);
  let current: Span | null = null;
  return units.map((_, i) => {
    const lines = linesBefore(outline, units, i);
    const found = kind === "date" ? lines.findLast((line) => isDated(dates, line)) : lines.at(-1);
    if (found && found[1] - found[0] <= MAX_HEADING) current = found;
    return current;
  });
}

const isDated = (dates: readonly number[], line: Span): boolean =>
  line[1] - line[0] <= MAX_HEADING && countIn(dates, line) > 0;

/** The lines between a record and the one before it; before the first record, the nearest few. */
function linesBefore(outline: PageOutline, units: readonly RecordUnit[], index: number): Span[] {
  const unit = units[index];
  if (!unit) return [];
  const before = units[index - 1];
  if (!before) return outline.linesIn([Math.max(0, unit.span[0] - REACH), unit.span[0]]).slice(-3);
  return before.span[1] >= unit.span[0] ? [] : outline.linesIn([before.span[1], unit.span[0]]);
}
