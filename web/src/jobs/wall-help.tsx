import type { Job } from "../api/resources.ts";
import { LivePanel } from "../live/live-panel.tsx";
import { WallCard } from "./wall-card.tsx";

/** All that a person needs to pass a wall: what it is, and the job's browser while it still waits there. */
export function WallHelp({ job }: { job: Job }) {
  return (
    <>
      <WallCard job={job} />
      {job.personUntil !== null && <LivePanel job={job} />}
    </>
  );
}
