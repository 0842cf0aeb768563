import { Link } from "@tanstack/react-router";
import type { Job } from "../api/resources.ts";
import { CompletenessBadge } from "../elements/completeness-badge.tsx";
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
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Job</th>
            {nameOfPortal && <th scope="col">Portal</th>}
            <th scope="col">State</th>
            <th scope="col">Completeness</th>
            <th scope="col" className="number">
              Found
            </th>
            <th scope="col" className="number">
              Pages
            </th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
