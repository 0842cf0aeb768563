import type { Control } from "./control.ts";

const RANGE = /^[[(]?\s*(\d{1,6})\s*(?:-|–|—|to|bis|à|a|al|до|~)\s*(\d{1,6})\s*[\])]?$/iu;
const RANGES = /(?<![\d.,/-])(\d{1,6})\s*(?:-|–|—|to|bis|à|a|al|до|~)\s*(\d{1,6})(?![\d.,/-])/giu;

/** Controls whose labels are ranges of records, "11-20", numbered as the pages they lead to. Empty unless the ranges fit together. */
export function numberedByRange(controls: readonly Control[]): Control[] {
  const found = controls.flatMap((control) => {
    const [, from, to] = RANGE.exec(control.label.trim()) ?? [];
    return from === undefined ? [] : [{ control, from: Number(from), to: Number(to) }];
  });
  const size = sizeOf(found);
  if (size === null) return [];
  return found.map(({ control, from }) => ({
    ...control,
    said: { ...control.said, number: (from - 1) / size + 1 },
  }));
}

/** The page whose range stands among the others without leading anywhere: the one that is shown. */
export function plainRange(text: string, numbers: readonly Control[]): number | null {
  const linked = numbers.flatMap(({ label }) => RANGE.exec(label.trim())?.[1] ?? []).map(Number);
  const size = sizeOf(
    numbers.flatMap(({ label }) => {
      const [, from, to] = RANGE.exec(label.trim()) ?? [];
      return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
    }),
  );
  const plain = [...text.matchAll(RANGES)].map(([, from]) => Number(from)).filter((from) => !linked.includes(from));
  const [only] = plain;
  return size === null || plain.length !== 1 || only === undefined || (only - 1) % size !== 0
    ? null
    : (only - 1) / size + 1;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Records of a page: all ranges have the same length, but for the last, and begin where a page does. */
function sizeOf(ranges: readonly Range[]): number | null {
  const size = Math.max(0, ...ranges.map(({ from, to }) => to - from + 1));
  const highest = Math.max(0, ...ranges.map(({ from }) => from));
  const fits = ranges.every(
    ({ from, to }) => to >= from && (from - 1) % size === 0 && (to - from + 1 === size || from === highest),
  );
  return size >= 2 && fits ? size : null;
}
