import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { Job } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { Allowed } from "../session/allowed.tsx";

/** Hours and minutes of the reader. */
function Clock({ at }: { at: string }) {
  const text = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return <time dateTime={at}>{text}</time>;
}

/** A wall that a person has to pass: what it is, and what becomes of the job. */
export function WallCard({ job }: { job: Job }) {
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (way: "continue" | "give-up") => {
      const params = { params: { path: { jobId: job.id } } };
      return answerOf(
        way === "continue"
          ? api.POST("/api/v1/jobs/{jobId}/continue", params)
          : api.POST("/api/v1/jobs/{jobId}/give-up", params),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["job", job.id] }),
  });
  return (
    <section className="card card-warn" aria-label="Needs a person">
      <h2>This needs a person</h2>
      {job.wall && (
        <>
          <p>{job.wall.message}</p>
          {job.personUntil === null ? (
            <p>Its browser is closed by now. When the wall is gone, the job begins anew with what it learnt.</p>
          ) : (
            <p>
              Its browser waits below until <Clock at={job.personUntil} />: take over, clear the wall in the picture,
              then let the job go on.
            </p>
          )}
          <p>
            <ForeignLink href={job.wall.url}>{job.wall.url}</ForeignLink>
          </p>
        </>
      )}
      {decide.error && <FailureNote error={decide.error} />}
      <Allowed to="operator">
        <div className="buttons">
          <Button loading={decide.isPending} onClick={() => decide.mutate("continue")}>
            Go on
          </Button>
          <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate("give-up")}>
            Give this job up
          </Button>
        </div>
      </Allowed>
    </section>
  );
}
