import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Statistics } from "../api/resources.ts";

type Day = Statistics["days"][number];
type Row = Record<string, string | number>;

interface Drawn {
  name: string;
  series: { name: string; color: string }[];
  rowOf: (day: Day) => Row;
}

const MONEY = "Model cost in US dollars";

const CHARTS: readonly Drawn[] = [
  {
    name: "Jobs",
    series: [
      { name: "Completed", color: "teal.6" },
      { name: "Incomplete", color: "yellow.6" },
      { name: "Failed", color: "red.6" },
      { name: "Cancelled", color: "gray.5" },
    ],
    rowOf: ({ jobs }) => ({
      Completed: jobs.completed,
      Incomplete: jobs.incomplete,
      Failed: jobs.failed,
      Cancelled: jobs.cancelled,
    }),
  },
  {
    name: "Completeness",
    series: [
      { name: "Whole", color: "teal.6" },
      { name: "Not whole", color: "yellow.6" },
      { name: "Unknown", color: "gray.5" },
    ],
    rowOf: ({ completeness }) => ({
      Whole: completeness.complete,
      "Not whole": completeness.incomplete,
      Unknown: completeness.unknown,
    }),
  },
  {
    name: "New opportunities",
    series: [{ name: "New", color: "cyan.6" }],
    rowOf: ({ opportunities }) => ({ New: opportunities.new }),
  },
  {
    name: MONEY,
    series: [{ name: "Cost", color: "grape.6" }],
    rowOf: ({ models }) => ({ Cost: models.usd ?? 0 }),
  },
];

/** The days as bars. What they show stands in the table below in numbers: the drawings are left out for screen readers. */
export function DayCharts({ days }: { days: readonly Day[] }) {
  return (
    <div className="chart-grid">
      {CHARTS.map(({ name, series, rowOf }) => (
        <figure key={name} className="card chart">
          <figcaption>{name}</figcaption>
          <div aria-hidden="true">
            <BarChart
              h={180}
              data={days.map((day) => ({ day: day.day.slice(5), ...rowOf(day) }))}
              dataKey="day"
              type="stacked"
              series={series}
              withLegend={series.length > 1}
              yAxisProps={{ allowDecimals: name === MONEY }}
              barChartProps={{ accessibilityLayer: false }}
            />
          </div>
        </figure>
      ))}
    </div>
  );
}
