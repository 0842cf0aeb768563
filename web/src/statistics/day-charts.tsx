import type { Statistics } from "../api/resources.ts";
import { dollars } from "../elements/money.ts";
import { DayChart, type DayChartProps } from "./day-chart.tsx";
import { reasonInWords } from "./failure-words.ts";

type Day = Statistics["days"][number];
type Drawn = readonly [name: string, color: string, of: (day: Day) => number];

const JOBS: readonly Drawn[] = [
  ["Completed", "teal-6", ({ jobs }) => jobs.completed],
  ["Incomplete", "yellow-6", ({ jobs }) => jobs.incomplete],
  ["Failed", "red-6", ({ jobs }) => jobs.failed],
  ["Cancelled", "gray-5", ({ jobs }) => jobs.cancelled],
];
const COMPLETENESS: readonly Drawn[] = [
  ["Whole", "teal-6", ({ completeness }) => completeness.complete],
  ["Not whole", "yellow-6", ({ completeness }) => completeness.incomplete],
  ["Unknown", "gray-5", ({ completeness }) => completeness.unknown],
];
const NEW: readonly Drawn[] = [["New", "cyan-6", ({ opportunities }) => opportunities.new]];
const COST: readonly Drawn[] = [["Cost", "grape-6", ({ models }) => models.usd ?? 0]];

/** As many as there are reasons at most. */
const REASONS = ["red-6", "orange-6", "yellow-6", "grape-6", "indigo-6", "cyan-6", "teal-6", "gray-6"] as const;

/** What became of jobs, what they found, what they cost and why they failed, drawn day by day. */
export function DayCharts({ statistics: { days, failures } }: { statistics: Statistics }) {
  const names = days.map(({ day }) => day);
  const drawn = (title: string, parts: readonly Drawn[]): DayChartProps => ({
    ...{ title, days: names },
    series: parts.map(([name, color, of]) => ({ name, color, values: days.map(of) })),
  });
  const reasons = failures.map(({ code, byDay }, at) => ({
    ...{ name: reasonInWords(code), color: REASONS[at] ?? "gray-6", values: byDay },
  }));
  return (
    <div className="chart-grid">
      <DayChart {...drawn("Jobs", JOBS)} />
      <DayChart {...drawn("Completeness", COMPLETENESS)} />
      {reasons.length > 0 && <DayChart title="Failed jobs by reason" days={names} series={reasons} />}
      <DayChart {...drawn("New opportunities", NEW)} />
      <DayChart {...drawn("Cost of models", COST)} words={dollars} />
    </div>
  );
}
