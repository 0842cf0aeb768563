import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../elements/empty-state.tsx";
import { PagedList } from "../elements/paged-list.tsx";
import { Screen } from "../elements/screen.tsx";
import { usePortalNames } from "../portals/portal-names.ts";
import { jobPages } from "./job-queries.ts";
import { readJobSearch } from "./job-search.ts";
import { JOB_STATES } from "./job-state-mark.tsx";
import { JobTable } from "./job-table.tsx";

const route = getRouteApi("/shell/jobs");

/** Every job, newest first. */
export function JobListScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const pages = useInfiniteQuery(jobPages(search));
  const nameOfPortal = usePortalNames();
  return (
    <Screen
      title="Jobs"
      actions={
        <Select
          aria-label="State"
          placeholder="Every state"
          clearable
          clearButtonProps={{ "aria-label": "Clear the state" }}
          data={JOB_STATES}
          value={search.state ?? null}
          onChange={(state) => void navigate({ search: readJobSearch({ state }) })}
        />
      }
    >
      <PagedList
        pages={pages}
        what="jobs"
        more="Show earlier jobs"
        empty={
          <EmptyState title={search.state ? "No job is in this state." : "No job was sent yet."}>
            <p>A job runs when a portal is due, or when you press “Run now” on a portal.</p>
          </EmptyState>
        }
      >
        {(jobs) => <JobTable jobs={jobs} nameOfPortal={nameOfPortal} />}
      </PagedList>
    </Screen>
  );
}
