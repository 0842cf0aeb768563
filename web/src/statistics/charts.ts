import type { Statistics } from "../api/resources.ts";
import { dollars } from "../elements/money.ts";
import { reasonInWords } from "./failure-words.ts";

type Day = Statistics["days"][number];

/** Days as stacked bars. */
export interface Chart {
  title: string;
  /** What a bar is made of, from below: as people read it, which is its field in `rows` too, and a colour of the theme. */
  series: { name: string; color: string }[];
  /** One a day, oldest first: its date as `day`, and the number of each series. Null is not known: nothing is drawn. */
  rows: Record<string, string | number | null>[];
  /** How a number is written; left out: it is a count. */
  words?: (value: number) => string;
  /** What the bars do not show. */
  note?: string;
}

type Part = readonly [name: string, color: string, of: (day: Day, at: number) => number | null];

const JOBS: readonly Part[] = [
  ["Completed", "teal.6", ({ jobs }) => jobs.completed],
  ["Incomplete", "yellow.6", ({ jobs }) => jobs.incomplete],
  ["Failed", "red.6", ({ jobs }) => jobs.failed],
  ["Cancelled", "gray.5", ({ jobs }) => jobs.cancelled],
];
const COMPLETENESS: readonly Part[] = [
  ["Whole", "teal.6", ({ completeness }) => completeness.complete],
  ["Not whole", "yellow.6", ({ completeness }) => completeness.incomplete],
  ["Unknown", "gray.5", ({ completeness }) => completeness.unknown],
];
const NEW: readonly Part[] = [["New", "cyan.6", ({ opportunities }) => opportunities.new]];
const COST: readonly Part[] = [["Cost", "grape.6", ({ models }) => models.usd]];

/** As many as there are reasons at most. */
const REASONS = ["red.6", "orange.6", "yellow.6", "grape.6", "indigo.6", "cyan.6", "teal.6", "gray.6"] as const;

/** What became of jobs, why they failed, what they found and what they cost. */
export function chartsOf({ days, failures }: Statistics): Chart[] {
  const drawn = (title: string, parts: readonly Part[]): Chart => ({
    title,
    series: parts.map(([name, color]) => ({ name, color })),
    rows: days.map((day, at) => ({
      ...Object.fromEntries(parts.map(([name, , of]) => [name, of(day, at)])),
      day: day.day,
    })),
  });
  const reasons = failures.map(({ code, byDay }, at): Part => {
    return [reasonInWords(code), REASONS[at] ?? "gray.6", (_, day) => byDay[day] ?? 0];
  });
  const unpriced = days.some(({ models }) => models.usd === null);
  return [
    drawn("Jobs", JOBS),
    drawn("Completeness", COMPLETENESS),
    ...(reasons.length > 0 ? [drawn("Failed jobs by reason", reasons)] : []),
    drawn("New opportunities", NEW),
    {
      ...drawn("Cost of models", COST),
      words: dollars,
      ...(unpriced && { note: "Days with a model whose price is not known are left out." }),
    },
  ];
}
