import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Job, JobEvent } from "./resources.ts";

const NO_EVENTS: readonly JobEvent[] = [];
const AGAIN_MS = 3_000;

export interface JobStream {
  /** The history so far and every entry that follows. */
  readonly events: readonly JobEvent[];
  /** Nothing new can be heard just now; it is tried again. */
  readonly isInterrupted: boolean;
}

interface Heard extends JobStream {
  readonly jobId: string;
}

/**
 * What happens to a job, as it happens. The job itself goes where `["job", id]` is read from. The browser connects again by
 * itself where the connection breaks, and goes on behind the last entry it has seen; where something answers in Gleaner's
 * place, it gives up, and a new stream is opened instead.
 */
export function useJobStream(jobId: string): JobStream {
  const queries = useQueryClient();
  const [heard, setHeard] = useState<Heard>({ jobId, events: NO_EVENTS, isInterrupted: false });
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (change: (old: Heard) => Partial<Heard>) =>
      setHeard((old) => {
        const own = old.jobId === jobId ? old : { jobId, events: NO_EVENTS, isInterrupted: false };
        return { ...own, ...change(own) };
      });
    const open = () => {
      source = new EventSource(`/api/v1/jobs/${encodeURIComponent(jobId)}/stream`);
      source.addEventListener("open", () => note(() => ({ isInterrupted: false })));
      source.addEventListener("event", ({ data }) => {
        const event: JobEvent = JSON.parse(data);
        note(({ events }) => (events.some(({ id }) => id === event.id) ? {} : { events: [...events, event] }));
      });
      source.addEventListener("job", ({ data }) => {
        const job: Job = JSON.parse(data);
        queries.setQueryData(["job", jobId], job);
      });
      source.addEventListener("end", () => {
        source.close();
        for (const queryKey of [["job-steps", jobId], ["jobs"], ["portals"], ["opportunities"]])
          void queries.invalidateQueries({ queryKey });
      });
      source.addEventListener("error", () => {
        note(() => ({ isInterrupted: true }));
        // Whether it is still there, and whether one is still signed in, is told where the job is read.
        void queries.invalidateQueries({ queryKey: ["job", jobId] });
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [jobId, queries]);
  return heard.jobId === jobId ? heard : { events: NO_EVENTS, isInterrupted: false };
}
