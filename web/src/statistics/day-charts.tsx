import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Statistics } from "../api/resources.ts";
import { type Chart, chartsOf } from "./charts.ts";

/** As many names as stand in one line above the bars. */
const FEW = 4;

/** The days as bars. What they show stands in the tables below: the drawings are left out for screen readers. */
export function DayCharts({ statistics }: { statistics: Statistics }) {
  return (
    <div className="chart-grid">
      {chartsOf(statistics).map((chart) => (
        <DayChart key={chart.title} chart={chart} />
      ))}
    </div>
  );
}

function DayChart({ chart: { title, series, rows, words, note } }: { chart: Chart }) {
  return (
    <figure className="card chart">
      <figcaption>{title}</figcaption>
      <div aria-hidden="true">
        <BarChart
          h={series.length > FEW ? 260 : 200}
          data={rows}
          dataKey="day"
          type="stacked"
          series={series}
          withLegend={series.length > 1}
          legendProps={{ itemSorter: null }}
          accessibilityLayer={false}
          valueFormatter={words ?? ((value) => value.toLocaleString())}
          xAxisProps={{ tickFormatter: (day: string) => day.slice("YYYY-".length) }}
          yAxisProps={{ allowDecimals: words !== undefined }}
        />
      </div>
      {note !== undefined && <p className="muted">{note}</p>}
    </figure>
  );
}
