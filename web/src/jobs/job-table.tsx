import { Link } from "@tanstack/react-router";
import type { Job } from "../api/resources.ts";
import { CompletenessBadge } from "../elements/completeness-badge.tsx";
import { DataTable, type Head } from "../elements/data-table.tsx";
import { lasting } from "../elements/instant.ts";
import { RelativeTime } from "../elements/relative-time.tsx";
import { JobStateMark } from "./job-state-mark.tsx";

/** Jobs in a table; where all are of one portal, it is not named again. */
export function JobTable({
  jobs,
  nameOfPortal,
}: {
  jobs: readonly Job[];
  nameOfPortal?: (portalId: string) => string;
}) {
  const heads: readonly Head[] = [
    "Job",
    ...(nameOfPortal ? ["Portal"] : []),
    "State",
    "Completeness",
    { name: "Found", is: "number" },
    { name: "Pages", is: "number" },
    "Took",
  ];
  return (
    <DataTable heads={heads}>
      {jobs.map((job) => (
        <tr key={job.id}>
          <td>
            <Link to="/jobs/$jobId" params={{ jobId: job.id }}>
              <RelativeTime at={job.queuedAt} />
            </Link>
          </td>
          {nameOfPortal && (
            <td>
              <Link to="/portals/$portalId" params={{ portalId: job.portalId }}>
                {nameOfPortal(job.portalId)}
              </Link>
            </td>
          )}
          <td>
            <JobStateMark state={job.state} />
          </td>
          <td className="wide">
            {job.error ? (
              <span title={job.error.message}>{job.error.message}</span>
            ) : (
              <CompletenessBadge value={job.completeness} long />
            )}
          </td>
          <td className="number">{job.progress.opportunitiesFound}</td>
          <td className="number">{job.progress.currentPage}</td>
          <td>{job.duration === null ? <span className="muted">–</span> : lasting(job.duration)}</td>
        </tr>
      ))}
    </DataTable>
  );
}
