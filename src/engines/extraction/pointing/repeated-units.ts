import type { AnyNode } from "domhandler";
import { findLists } from "../lists/find-lists.ts";
import type { Candidate, RecordUnit } from "../lists/candidate.ts";
import { headingsOver } from "../lists/headings-over.ts";
import type { Page } from "../page/page.ts";

/** Fewer are shown in full. */
const LEAST_UNITS = 5;
/** Shorter than this on average they are a menu, and every item of it may be the way on. */
const LEAST_LENGTH = 40;
/** More than this are counted, menu or not. */
const MOST_ITEMS = 60;

/** More headings than this are an index of one list. */
const MOST_PARTS = 6;

/** Lists of a page whose records need not all be shown. */
export interface RepeatedUnits {
  /** First nodes of the records that are shown, with the number of records of their list. */
  readonly shown: ReadonlyMap<AnyNode, { readonly position: number; readonly count: number }>;
  /** Nodes of the records that are only counted; the first of each list tells how many. */
  readonly counted: ReadonlyMap<AnyNode, number>;
}

/** Finds what repeats on a page, the likeliest list first; lists do not overlap. */
export function repeatedUnits(page: Page, showsFirst: number): RepeatedUnits {
  const shown = new Map<AnyNode, { position: number; count: number }>();
  const counted = new Map<AnyNode, number>();
  const taken: (readonly [number, number])[] = [];
  for (const { candidate } of findLists(page)) {
    const { units } = candidate;
    const span = [units[0]?.span[0] ?? 0, units.at(-1)?.span[1] ?? 0] as const;
    if (!isWorthCounting(units) || taken.some(([from, to]) => span[0] < to && from < span[1])) continue;
    taken.push(span);
    for (const part of partsOf(page, candidate))
      part.forEach(({ nodes }, at) => {
        const [first] = nodes;
        if (!first) return;
        if (at < showsFirst) shown.set(first, { position: at + 1, count: part.length });
        else for (const node of nodes) counted.set(node, node === first && at === showsFirst ? part.length - at : 0);
      });
  }
  return { shown, counted };
}

/** What stands under different headings may be different lists: each is shown with records of its own. */
function partsOf(page: Page, { units, containers }: Candidate): (readonly RecordUnit[])[] {
  if (containers.length < 2) return [units];
  const over = headingsOver(page, containers);
  const parts = [...Map.groupBy(units, ({ container }) => over.get(container) ?? null).values()];
  return parts.length <= MOST_PARTS ? parts : [units];
}

function isWorthCounting(units: readonly RecordUnit[]): boolean {
  if (units.length < LEAST_UNITS) return false;
  const length = units.reduce((sum, { span }) => sum + span[1] - span[0], 0) / units.length;
  return length >= LEAST_LENGTH || units.length > MOST_ITEMS;
}
