import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useJobStream } from "../api/job-stream.ts";
import type { Job } from "../api/resources.ts";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { lasting } from "../elements/instant.ts";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { LivePanel } from "../live/live-panel.tsx";
import { usePortalNames } from "../portals/portal-names.ts";
import { CompletenessCard } from "./completeness-card.tsx";
import { CostCard } from "./cost-card.tsx";
import { JobActions } from "./job-actions.tsx";
import { JobHistory } from "./job-history.tsx";
import { JobProgress } from "./job-progress.tsx";
import { oneJob } from "./job-queries.ts";
import { hasEnded, JobStateMark } from "./job-state-mark.tsx";
import { JobSteps } from "./job-steps.tsx";
import { WallCard } from "./wall-card.tsx";

const route = getRouteApi("/shell/jobs/$jobId");

/** One job: how far it is while it runs, then what it brought home and how complete that is. */
export function JobScreen() {
  const { jobId } = route.useParams();
  const { data: job, error, refetch } = useQuery(oneJob(jobId));
  const nameOfPortal = usePortalNames();
  const { events, isInterrupted } = useJobStream(jobId);
  if (!job) {
    return (
      <Screen title="Job">
        {error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the job" />}
      </Screen>
    );
  }
  return (
    <Screen
      title={`Job of ${nameOfPortal(job.portalId)}`}
      beside={<JobStateMark state={job.state} />}
      actions={<JobActions job={job} />}
    >
      <div className="columns">
        <div className="column">
          {job.state === "needs_person" && <WallCard job={job} />}
          {!hasEnded(job) && job.state !== "needs_person" && <JobProgress job={job} />}
          {hasBrowser(job) && <LivePanel job={job} />}
          {job.error && (
            <section className="card card-bad" aria-label="Why it failed">
              <h2>Why it failed</h2>
              <p>{job.error.message}</p>
              <code>{job.error.code}</code>
            </section>
          )}
          {job.completeness && <CompletenessCard value={job.completeness} />}
          <JobSteps job={job} />
        </div>
        <div className="column column-side">
          <section className="card" aria-label="About this job">
            <FactList
              facts={[
                [
                  "Portal",
                  <Link to="/portals/$portalId" params={{ portalId: job.portalId }}>
                    {nameOfPortal(job.portalId)}
                  </Link>,
                ],
                ["Address", <ForeignLink href={job.request.url}>{job.request.url}</ForeignLink>],
                ["Queued", <RelativeTime at={job.queuedAt} />],
                ["Started", <RelativeTime at={job.startedAt} none="not yet" />],
                ["Ended", job.finishedAt && <RelativeTime at={job.finishedAt} />],
                ["Took", job.duration === null ? null : lasting(job.duration)],
                ["Attempt", job.attempt > 1 ? job.attempt : null],
                ["Run", job.run && <code>{job.run}</code>],
              ]}
            />
          </section>
          <CostCard job={job} />
          <JobHistory events={events} isInterrupted={isInterrupted && !hasEnded(job)} />
        </div>
      </div>
    </Screen>
  );
}

/** A job that waits in the queue, or at a wall without its worker, has none. */
function hasBrowser({ state, personUntil }: Job): boolean {
  return state === "running" || (state === "needs_person" && personUntil !== null);
}
