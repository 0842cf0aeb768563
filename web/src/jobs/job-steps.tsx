import { useQuery } from "@tanstack/react-query";
import type { Job } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { lasting } from "../elements/instant.ts";
import { Mark } from "../elements/mark.tsx";
import { jobSteps } from "./job-queries.ts";
import { hasEnded } from "./job-state-mark.tsx";

/** What the job did, step by step, once it has ended. */
export function JobSteps({ job }: { job: Job }) {
  const { data: steps, error, refetch } = useQuery({ ...jobSteps(job.id), enabled: hasEnded(job) });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!steps || steps.length === 0) return null;
  return (
    <section className="card" aria-label="Steps">
      <h2>Steps</h2>
      <ol className="steps">
        {steps.map(({ step, action, description, result, error, duration }) => (
          <li key={step}>
            <span className="step-number">{step}</span>
            <Mark tone={result === "success" ? "plain" : "bad"}>{action}</Mark>
            <span className="step-text">{error ?? description}</span>
            <span className="muted">{lasting(duration)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
