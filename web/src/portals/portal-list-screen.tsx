import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Job, Portal } from "../api/resources.ts";
import { CompletenessBadge } from "../elements/completeness-badge.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { recentJobs } from "../jobs/job-queries.ts";
import { hasEnded, JobStateMark } from "../jobs/job-state-mark.tsx";
import { useShortcuts } from "../shortcuts.ts";
import { Allowed } from "../session/allowed.tsx";
import { useMay } from "../session/session-queries.ts";
import { AddBatchDialog } from "./add-batch-dialog.tsx";
import { AddPortalDialog } from "./add-portal-dialog.tsx";
import { HealthSparkline, LastJobLink } from "./health-sparkline.tsx";
import { useRunNow } from "./portal-actions.ts";
import { allPortals } from "./portal-queries.ts";
import { PortalStateMark } from "./portal-state-mark.tsx";

const route = getRouteApi("/shell/portals");

/** Every portal and how it has been lately. */
export function PortalListScreen() {
  const { add } = route.useSearch();
  const navigate = route.useNavigate();
  const [wanted, setWanted] = useState("");
  const { data: portals, error, refetch } = useQuery(allPortals);
  const { data: jobs } = useQuery(recentJobs);
  const jobsOf = useMemo(() => Map.groupBy(jobs ?? [], ({ portalId }) => portalId), [jobs]);
  const mayAdd = useMay("operator");
  const openDialog = () => void navigate({ search: { add: true } });
  const openBatch = () => void navigate({ search: { add: "several" } });
  const closeDialog = () => void navigate({ search: {} });
  useShortcuts({ "/": () => document.getElementById("portal-search")?.focus(), n: openDialog });
  const shown = portals?.filter(({ name, url }) => `${name} ${url}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Screen
      title="Portals"
      beside={portals && portals.length > 0 && <span className="muted">{portals.length}</span>}
      actions={
        <>
          <TextInput
            id="portal-search"
            type="search"
            aria-label="Search portals"
            placeholder="Search"
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          <Allowed to="operator">
            <Button variant="default" onClick={openBatch}>
              Add several
            </Button>
            <Button leftSection={<Icon name="plus" size={14} />} onClick={openDialog}>
              Add a portal
            </Button>
          </Allowed>
        </>
      }
    >
      {error && !portals ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !shown ? (
        <Waiting what="portals" />
      ) : shown.length > 0 ? (
        <PortalTable portals={shown} jobsOf={jobsOf} />
      ) : wanted === "" ? (
        <EmptyState title="No portal is known yet.">
          <p>
            Give the address of a page that lists tenders. Gleaner learns how the list is built while you watch, and
            from then on reads it by itself.
          </p>
          <Allowed to="operator">
            <Button onClick={openDialog}>Add the first portal</Button>
          </Allowed>
        </EmptyState>
      ) : (
        <EmptyState title={`No portal is called “${wanted}”.`} />
      )}
      <AddPortalDialog isOpen={add === true && mayAdd} onClose={closeDialog} />
      <AddBatchDialog isOpen={add === "several" && mayAdd} onClose={closeDialog} />
    </Screen>
  );
}

function PortalTable({ portals, jobsOf }: { portals: readonly Portal[]; jobsOf: ReadonlyMap<string, readonly Job[]> }) {
  const run = useRunNow();
  return (
    <>
      {run.error && <FailureNote error={run.error} />}
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Portal</th>
              <th scope="col">State</th>
              <th scope="col">Last jobs</th>
              <th scope="col">Completeness</th>
              <th scope="col" className="number">
                Found
              </th>
              <th scope="col">Last job</th>
              <th scope="col">Next job</th>
              <th scope="col">
                <span className="only-spoken">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {portals.map((portal) => (
              <PortalRow
                key={portal.id}
                portal={portal}
                jobs={jobsOf.get(portal.id) ?? []}
                onRun={() => run.mutate(portal.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function PortalRow({ portal, jobs, onRun }: { portal: Portal; jobs: readonly Job[]; onRun: () => void }) {
  const [latest] = jobs;
  const judged = jobs.find(({ completeness }) => completeness !== null);
  return (
    <tr>
      <th scope="row" className="wide">
        <Link to="/portals/$portalId" params={{ portalId: portal.id }}>
          {portal.name}
        </Link>
        <div className="muted under">{portal.url}</div>
      </th>
      <td>
        <PortalStateMark portal={portal} />
      </td>
      <td>
        <HealthSparkline jobs={jobs} />
      </td>
      <td>
        <CompletenessBadge value={judged?.completeness ?? null} />
      </td>
      <td className="number">{judged?.progress.opportunitiesFound ?? "–"}</td>
      <td>
        <LastJobLink job={latest}>
          {latest &&
            (hasEnded(latest) && latest.state !== "failed" ? (
              <RelativeTime at={latest.queuedAt} />
            ) : (
              <JobStateMark state={latest.state} />
            ))}
        </LastJobLink>
      </td>
      <td>
        <RelativeTime at={portal.nextRunAt} />
      </td>
      <td>
        <Allowed to="operator">
          <ActionIcon variant="subtle" aria-label={`Run ${portal.name} now`} title="Run now" onClick={onRun}>
            <Icon name="play" />
          </ActionIcon>
        </Allowed>
      </td>
    </tr>
  );
}
