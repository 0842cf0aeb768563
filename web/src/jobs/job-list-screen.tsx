import { Button, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { usePortalNames } from "../portals/portal-names.ts";
import { jobPages } from "./job-queries.ts";
import { JOB_STATES, readJobSearch } from "./job-search.ts";
import { JobTable } from "./job-table.tsx";

const route = getRouteApi("/shell/jobs");

/** Every job, newest first. */
export function JobListScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    jobPages(search),
  );
  const nameOfPortal = usePortalNames();
  const jobs = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Screen
      title="Jobs"
      actions={
        <Select
          aria-label="State"
          placeholder="Every state"
          clearable
          clearButtonProps={{ "aria-label": "Clear the state" }}
          data={JOB_STATES.map((state) => ({ value: state, label: state.replaceAll("_", " ") }))}
          value={search.state ?? null}
          onChange={(state) => void navigate({ search: readJobSearch({ state }) })}
        />
      }
    >
      {error && jobs.length === 0 ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Waiting what="jobs" />
      ) : jobs.length === 0 ? (
        <EmptyState title={search.state ? "No job is in this state." : "No job was sent yet."}>
          <p>A job runs when a portal is due, or when you press “Run now” on a portal.</p>
        </EmptyState>
      ) : (
        <JobTable jobs={jobs} nameOfPortal={nameOfPortal} />
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier jobs
        </Button>
      )}
    </Screen>
  );
}
