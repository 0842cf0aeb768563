const MOST_STEPS = 4;
const ROUND = [1, 2, 5, 10] as const;

/** The numbers beside an axis from 0 up to at least `top`: few, round and equally far apart. Counts have no halves. */
export function scaleTo(top: number, { isCount }: { isCount: boolean }): readonly number[] {
  const rough = top / MOST_STEPS || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = (ROUND.find((each) => each * power >= rough) ?? 10) * power;
  const step = isCount ? Math.max(1, round) : round;
  return Array.from({ length: Math.max(1, Math.ceil(top / step)) + 1 }, (_, at) => at * step);
}
