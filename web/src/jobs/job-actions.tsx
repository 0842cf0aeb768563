import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { Job } from "../api/resources.ts";
import { Icon } from "../elements/icon.tsx";
import { LinkButton } from "../elements/link-button.tsx";
import { useMay } from "../session/session-queries.ts";
import { cancelJob } from "../portals/learn-portal.ts";
import { hasEnded } from "./job-state-mark.tsx";

/** What can be done with a job: see what it found, hold it, let it go on, end it. */
export function JobActions({ job }: { job: Job }) {
  const mayAct = useMay("operator");
  return (
    <>
      {job.progress.opportunitiesFound > 0 && (
        <LinkButton variant="default" to="/opportunities" search={{ jobId: job.id }}>
          Show what it found
        </LinkButton>
      )}
      {mayAct && !hasEnded(job) && <Holding job={job} />}
      {mayAct && !hasEnded(job) && <Cancelling job={job} />}
    </>
  );
}

/** A job that waits for a person stands still anyway. */
function Holding({ job }: { job: Job }) {
  const isHeld = job.state === "paused";
  const change = useJobChange(job.id, () => {
    const params = { path: { jobId: job.id } };
    return answerOf(
      isHeld ? api.POST("/api/v1/jobs/{jobId}/resume", { params }) : api.POST("/api/v1/jobs/{jobId}/pause", { params }),
    );
  });
  if (job.state === "needs_person" || job.cancelRequestedAt !== null) return null;
  return (
    <>
      {change.error && <span role="alert">{change.error.message}</span>}
      <Button
        variant="default"
        leftSection={<Icon name={isHeld ? "play" : "pause"} size={14} />}
        loading={change.isPending || job.pauseRequestedAt !== null}
        onClick={() => change.mutate()}
      >
        {isHeld ? "Resume" : "Pause"}
      </Button>
    </>
  );
}

function Cancelling({ job }: { job: Job }) {
  const cancel = useJobChange(job.id, () => cancelJob(job.id));
  return (
    <>
      {cancel.error && <span role="alert">{cancel.error.message}</span>}
      <Button
        color="red"
        variant="light"
        leftSection={<Icon name="stop" size={14} />}
        loading={cancel.isPending || job.cancelRequestedAt !== null}
        onClick={() => cancel.mutate()}
      >
        Cancel
      </Button>
    </>
  );
}

function useJobChange(jobId: string, change: () => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ["job", jobId] }),
  });
}
