import { Progress } from "@mantine/core";
import type { Job } from "../api/resources.ts";

/** How far a job is: of what the list says there is, where it says so. */
export function JobProgress({ job: { state, progress } }: { job: Job }) {
  const { currentAction, currentPage, totalPages, opportunitiesFound, totalDeclared } = progress;
  const share =
    totalDeclared !== null && totalDeclared > 0
      ? opportunitiesFound / totalDeclared
      : totalPages !== null && totalPages > 0
        ? currentPage / totalPages
        : null;
  return (
    <section className="card" aria-label="Progress">
      <h2>{headline(state, currentAction)}</h2>
      <Progress
        value={share === null ? 100 : Math.min(100, share * 100)}
        animated={share === null && state !== "paused"}
        aria-label="Progress"
      />
      <p role="status">
        {opportunitiesFound} {totalDeclared === null ? "found" : `of ${totalDeclared} found`}, page {currentPage}
        {totalPages === null ? "" : ` of ${totalPages}`}
      </p>
    </section>
  );
}

function headline(state: Job["state"], doing: string | null): string {
  if (state === "queued") return "Waiting for a free worker";
  return state === "paused" ? "Paused. It goes on where it stopped." : (doing ?? "Working");
}
