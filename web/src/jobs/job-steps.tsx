import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Job, Step } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { lasting } from "../elements/instant.ts";
import { Mark } from "../elements/mark.tsx";
import { jobSteps } from "./job-queries.ts";
import { hasEnded } from "./job-state-mark.tsx";

function pictureOf(sha256: string): string {
  return `/api/v1/artifacts/${sha256}`;
}

/** What the job did, step by step, once it has ended. */
export function JobSteps({ job }: { job: Job }) {
  const [shown, setShown] = useState<Step | null>(null);
  const { data: steps, error, refetch } = useQuery({ ...jobSteps(job.id), enabled: hasEnded(job) });
  if (error) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!steps || steps.length === 0) return null;
  return (
    <section className="card" aria-label="Steps">
      <h2>Steps</h2>
      <ol className={steps.some(({ screenshot }) => screenshot !== undefined) ? "steps steps-pictured" : "steps"}>
        {steps.map((each) => (
          <li key={each.step}>
            <span className="step-number">{each.step}</span>
            <Mark tone={each.result === "success" ? "plain" : "bad"}>{each.action}</Mark>
            <span className="step-text">
              {each.error === undefined ? each.description : `${each.description} (${each.error})`}
            </span>
            <span className="muted">{lasting(each.duration)}</span>
            {each.screenshot !== undefined && (
              <button type="button" className="step-picture" onClick={() => setShown(each)}>
                <img src={pictureOf(each.screenshot)} alt={`What step ${each.step} showed`} loading="lazy" />
              </button>
            )}
          </li>
        ))}
      </ol>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        size="80rem"
        title={shown ? `Step ${shown.step}: ${shown.description}` : ""}
      >
        {shown?.screenshot !== undefined && (
          <img className="step-whole" src={pictureOf(shown.screenshot)} alt={`What step ${shown.step} showed`} />
        )}
      </Modal>
    </section>
  );
}
