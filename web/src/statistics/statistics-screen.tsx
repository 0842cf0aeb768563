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
  const busy = data?.days.filter(hasSomething) ?? [];
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

type Day = Statistics["days"][number];

function hasSomething({ jobs, opportunities, models }: Day): boolean {
  return [...Object.values(jobs), ...Object.values(opportunities), models.tokens].some((count) => count > 0);
}

const COLUMNS: readonly { name: string; of: (day: Day) => string }[] = [
  { name: "Completed", of: ({ jobs }) => jobs.completed.toLocaleString() },
  { name: "Incomplete", of: ({ jobs }) => jobs.incomplete.toLocaleString() },
  { name: "Failed", of: ({ jobs }) => jobs.failed.toLocaleString() },
  { name: "Cancelled", of: ({ jobs }) => jobs.cancelled.toLocaleString() },
  { name: "Whole lists", of: ({ completeness }) => completeness.complete.toLocaleString() },
  { name: "Lists of unknown length", of: ({ completeness }) => completeness.unknown.toLocaleString() },
  { name: "Opportunities seen", of: ({ opportunities }) => opportunities.found.toLocaleString() },
  { name: "New ones", of: ({ opportunities }) => opportunities.new.toLocaleString() },
  { name: "Model tokens", of: ({ models }) => models.tokens.toLocaleString() },
  { name: "Model cost", of: ({ models }) => (models.usd === null ? "not known" : dollars(models.usd)) },
];

function DayTable({ days }: { days: readonly Day[] }) {
  return (
    <DataTable heads={["Day (UTC)", ...COLUMNS.map(({ name }) => name)]} name="Numbers of each day">
      {days.map((day) => (
        <tr key={day.day}>
          <th scope="row">{day.day}</th>
          {COLUMNS.map(({ name, of }) => (
            <td key={name}>{of(day)}</td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}
