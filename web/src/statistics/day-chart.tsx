import { useState } from "react";
import { scaleTo } from "./scale.ts";

export interface Series {
  name: string;
  /** A colour of the theme, such as "teal-6". */
  color: string;
  /** One number a day. */
  values: readonly number[];
}

export interface DayChartProps {
  title: string;
  /** YYYY-MM-DD, as many as each series has values. */
  days: readonly string[];
  series: readonly Series[];
  /** How a number is written; left out: it is a count. */
  words?: (value: number) => string;
}

const MOST_LABELS = 6;

/**
 * Days as stacked bars. Beside the names stands the sum of all days, or what was on the day under the pointer. The same
 * numbers stand in tables, so the drawing is left out for screen readers.
 */
export function DayChart({ title, days, series, words }: DayChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const inWords = words ?? ((value: number) => value.toLocaleString());
  const sums = days.map((_, at) => sumOf(series.map(({ values }) => values[at] ?? 0)));
  const scale = scaleTo(Math.max(0, ...sums), { isCount: words === undefined });
  const top = scale.at(-1) ?? 1;
  return (
    <figure className="card chart">
      <figcaption>{title}</figcaption>
      <div aria-hidden="true">
        <ul className="chart-legend">
          {series.map(({ name, color, values }) => (
            <li key={name}>
              <i style={{ background: colored(color) }} /> {name}{" "}
              <b>{inWords(pointed === null ? sumOf(values) : (values[pointed] ?? 0))}</b>
            </li>
          ))}
          <li className="muted">{pointed === null ? `${days.length} days` : days[pointed]}</li>
        </ul>
        <div className="chart-plot" onMouseLeave={() => setPointed(null)}>
          {scale.map((value) => (
            <span key={value} className="chart-line" style={{ bottom: `${(100 * value) / top}%` }}>
              {inWords(value)}
            </span>
          ))}
          <div className="chart-days">
            {days.map((day, at) => (
              <div key={day} className="chart-day" onMouseEnter={() => setPointed(at)}>
                {series.map(({ name, color, values }) => (
                  <i key={name} style={{ height: `${(100 * (values[at] ?? 0)) / top}%`, background: colored(color) }} />
                ))}
              </div>
            ))}
          </div>
        </div>
        <div className="chart-labels">
          {labelled(days).map(([day, at]) => (
            <span key={day} style={{ left: `${(100 * (at + 0.5)) / days.length}%` }}>
              {day.slice(5)}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

/** A few days evenly apart, the last one always. */
function labelled(days: readonly string[]): (readonly [day: string, at: number])[] {
  const apart = Math.ceil(days.length / MOST_LABELS);
  return days.map((day, at) => [day, at] as const).filter(([, at]) => (days.length - 1 - at) % apart === 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function colored(color: string): string {
  return `var(--mantine-color-${color})`;
}
