import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useJobStream } from "../api/job-stream.ts";
import type { Job, Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { CompletenessCard } from "../jobs/completeness-card.tsx";
import { JobHistory } from "../jobs/job-history.tsx";
import { JobProgress } from "../jobs/job-progress.tsx";
import { oneJob } from "../jobs/job-queries.ts";
import { hasEnded } from "../jobs/job-state-mark.tsx";
import { WallHelp } from "../jobs/wall-help.tsx";
import { cancelJob, startJob, type Learning } from "./learn-portal.ts";
import { useChangePortal } from "./portal-actions.ts";
import { onePortal } from "./portal-queries.ts";
import { RecipeColumns } from "./recipe-columns.tsx";

interface StepsProps {
  learning: Learning;
  /** The same list is learnt once more. */
  onAgain: (learning: Learning) => void;
  /** Nothing comes of this address, or not what was wanted. */
  onOther: (portal: Portal) => void;
  onDone: () => void;
}

/** How far the learning is, who is needed, and what came of it; with what can be done next at each of them. */
export function LearningSteps(props: StepsProps) {
  const { portal, jobId } = props.learning;
  const { data: job, error, refetch } = useQuery(oneJob(jobId));
  const { events, isInterrupted } = useJobStream(jobId);
  const hasLearnt = job !== undefined && hasEnded(job) && job.recipeId !== null;
  const { data: known = portal } = useQuery({ ...onePortal(portal.id), enabled: hasLearnt });
  if (!job) return error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the job" />;
  const history = <JobHistory events={events} isInterrupted={isInterrupted && !hasEnded(job)} />;
  if (!hasEnded(job)) {
    return (
      <div className="stack">
        {job.state === "needs_person" ? <WallHelp job={job} /> : <JobProgress job={job} />}
        {history}
        <StopLearning {...props} />
      </div>
    );
  }
  const recipeId = known.recipeId ?? job.recipeId;
  return (
    <div className="stack">
      {recipeId === null ? <NothingLearnt job={job} /> : job.error && <FailedLater job={job} />}
      {job.completeness && <CompletenessCard value={job.completeness} />}
      {recipeId === null ? history : <RecipeColumns recipeId={recipeId} runId={job.run} />}
      {recipeId === null ? <LearnOtherwise {...props} /> : <Keep {...props} />}
    </div>
  );
}

function NothingLearnt({ job: { state, error } }: { job: Job }) {
  const why = state === "cancelled" ? "It was stopped." : (error?.message ?? "No list of tenders is at this address.");
  return (
    <section className="card card-bad" role="alert" aria-label="Why it failed">
      <h2>The list could not be learnt</h2>
      <p>{why}</p>
      <p>
        Look whether the address leads to the list itself, and whether the page asks to sign in; then try another
        address. If the site was only slow or down, try this one again.
      </p>
    </section>
  );
}

function FailedLater({ job: { error } }: { job: Job }) {
  return (
    <section className="card card-bad" role="alert" aria-label="Why it failed">
      <h2>The list was learnt, and then the job failed</h2>
      <p>{error?.message}</p>
    </section>
  );
}

function StopLearning({ learning: { portal, jobId }, onOther }: StepsProps) {
  // It may have ended meanwhile: then there is nothing to stop, and another address is wanted all the same.
  const stop = useMutation({ mutationFn: () => cancelJob(jobId), onSettled: () => onOther(portal) });
  return (
    <div className="buttons">
      <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
        Stop and try another address
      </Button>
    </div>
  );
}

function LearnOtherwise({ learning: { portal }, onAgain, onOther, onDone }: StepsProps) {
  const again = useMutation({
    mutationFn: async () => ({ portal, jobId: await startJob(portal.id) }),
    onSuccess: onAgain,
  });
  return (
    <>
      {again.error && <FailureNote error={again.error} />}
      <div className="buttons">
        <Button onClick={() => onOther(portal)}>Try another address</Button>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          Try this one again
        </Button>
        <Button variant="default" onClick={onDone}>
          Keep it, run it by hand
        </Button>
      </div>
    </>
  );
}

function Keep({ learning: { portal }, onOther, onDone }: StepsProps) {
  const watch = useChangePortal(portal.id);
  return (
    <>
      {watch.error && <FailureNote error={watch.error} />}
      <div className="buttons">
        <Button loading={watch.isPending} onClick={() => watch.mutate({ watched: true }, { onSuccess: onDone })}>
          Watch this portal
        </Button>
        <Button variant="default" onClick={onDone}>
          Keep it, run it by hand
        </Button>
        <Button variant="default" onClick={() => onOther(portal)}>
          Not this list: try another address
        </Button>
      </div>
    </>
  );
}
