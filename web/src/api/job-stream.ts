import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Job, JobEvent } from "./resources.ts";

const NO_EVENTS: readonly JobEvent[] = [];

/**
 * What happens to a job, as it happens: its history so far and every entry that follows. The job itself goes where
 * `["job", id]` is read from. The browser connects again by itself, and goes on behind the last entry it has seen.
 */
export function useJobStream(jobId: string): readonly JobEvent[] {
  const queries = useQueryClient();
  const [heard, setHeard] = useState<{ jobId: string; events: readonly JobEvent[] }>({ jobId, events: NO_EVENTS });
  useEffect(() => {
    const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(jobId)}/stream`);
    source.addEventListener("event", ({ data }) => {
      const event: JobEvent = JSON.parse(data);
      setHeard((old) => {
        const events = old.jobId === jobId ? old.events : NO_EVENTS;
        return events.some(({ id }) => id === event.id) ? old : { jobId, events: [...events, event] };
      });
    });
    source.addEventListener("job", ({ data }) => {
      const job: Job = JSON.parse(data);
      queries.setQueryData(["job", jobId], job);
    });
    source.addEventListener("end", () => {
      source.close();
      void queries.invalidateQueries({ queryKey: ["job-steps", jobId] });
      void queries.invalidateQueries({ queryKey: ["jobs"] });
      void queries.invalidateQueries({ queryKey: ["portals"] });
      void queries.invalidateQueries({ queryKey: ["opportunities"] });
    });
    return () => source.close();
  }, [jobId, queries]);
  return heard.jobId === jobId ? heard.events : NO_EVENTS;
}
