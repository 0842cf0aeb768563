import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Statistics } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { dollars } from "../elements/money.ts";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { allPortals } from "../portals/portal-queries.ts";
import { DayCharts } from "./day-charts.tsx";
import { reasonInWords } from "./failure-words.ts";
import { FailureTable } from "./failure-table.tsx";
import { statistics } from "./statistics-queries.ts";
import { readStatisticsSearch, type StatisticsSearch } from "./statistics-search.ts";

const route = getRouteApi("/shell/statistics");
const RANGES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
];

/** What became of jobs, what they found and what they cost, day by day. */
export function StatisticsScreen() {
  const search = readStatisticsSearch({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const { data, error, isPending, refetch } = useQuery(statistics(search));
  const portals = useQuery(allPortals).data ?? [];
  const set = (part: Record<string, unknown>): void =>
    void navigate({
      search: (before: StatisticsSearch) => readStatisticsSearch({ ...before, ...part }),
      replace: true,
    });
  const busy = data === undefined ? [] : rowsOf(data).filter(hasSomething);
  return (
    <Screen title="Statistics">
      <div className="filter-bar" role="search" aria-label="Filters">
        <SegmentedControl
          aria-label="Range"
          data={RANGES}
          value={search.days ?? "30"}
          onChange={(days) => set({ days })}
        />
        <Select
          aria-label="Portal"
          placeholder="All portals"
          clearable
          searchable
          clearButtonProps={{ "aria-label": "Clear portal" }}
          data={portals.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.portalId ?? null}
          onChange={(portalId) => set({ portalId })}
        />
      </div>
      {error ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Waiting what="the statistics" />
      ) : busy.length === 0 ? (
        <EmptyState title="No job ended in these days.">
          <p>Jobs, what they found and what they cost show up here once the first one has ended.</p>
        </EmptyState>
      ) : (
        <>
          <DayCharts statistics={data} />
          {data.failures.length > 0 && <FailureTable failures={data.failures} />}
          <section className="card" aria-label="Day by day">
            <h2>Day by day</h2>
            <DayTable days={busy.toReversed()} />
          </section>
        </>
      )}
    </Screen>
  );
}

interface Day {
  readonly numbers: Statistics["days"][number];
  /** Why jobs failed on it. */
  readonly reasons: string;
}

function rowsOf({ days, failures }: Statistics): Day[] {
  return days.map((numbers, at) => {
    const own = failures.filter(({ byDay }) => (byDay[at] ?? 0) > 0);
    const reasons = own.map(({ code, byDay }) => `${reasonInWords(code)}: ${byDay[at]?.toLocaleString()}`);
    return { numbers, reasons: reasons.join(", ") };
  });
}

function hasSomething({ numbers: { jobs, opportunities, models } }: Day): boolean {
  return [...Object.values(jobs), ...Object.values(opportunities), models.tokens].some((count) => count > 0);
}

const COLUMNS: readonly { name: string; of: (day: Day) => string }[] = [
  { name: "Completed", of: ({ numbers: { jobs } }) => jobs.completed.toLocaleString() },
  { name: "Incomplete", of: ({ numbers: { jobs } }) => jobs.incomplete.toLocaleString() },
  { name: "Failed", of: ({ numbers: { jobs } }) => jobs.failed.toLocaleString() },
  { name: "Cancelled", of: ({ numbers: { jobs } }) => jobs.cancelled.toLocaleString() },
  { name: "Whole lists", of: ({ numbers: { completeness } }) => completeness.complete.toLocaleString() },
  { name: "Lists not whole", of: ({ numbers: { completeness } }) => completeness.incomplete.toLocaleString() },
  { name: "Lists of unknown length", of: ({ numbers: { completeness } }) => completeness.unknown.toLocaleString() },
  { name: "Opportunities seen", of: ({ numbers: { opportunities } }) => opportunities.found.toLocaleString() },
  { name: "New ones", of: ({ numbers: { opportunities } }) => opportunities.new.toLocaleString() },
  { name: "Model tokens", of: ({ numbers: { models } }) => models.tokens.toLocaleString() },
  { name: "Model cost", of: ({ numbers: { models } }) => (models.usd === null ? "not known" : dollars(models.usd)) },
  { name: "Reasons of failures", of: ({ reasons }) => reasons },
];

function DayTable({ days }: { days: readonly Day[] }) {
  return (
    <DataTable heads={["Day (UTC)", ...COLUMNS.map(({ name }) => name)]} name="Numbers of each day">
      {days.map((day) => (
        <tr key={day.numbers.day}>
          <th scope="row">{day.numbers.day}</th>
          {COLUMNS.map(({ name, of }) => (
            <td key={name}>{of(day)}</td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}
