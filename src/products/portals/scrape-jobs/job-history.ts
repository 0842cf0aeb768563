/** What happened to a job, in the order it happened. Names are part of the API: none is renamed. */
export const JOB_EVENTS = [
  "job.queued",
  "job.started",
  "job.learned",
  "job.page",
  "job.alarm",
  "job.healed",
  "job.without_model",
  "job.noted",
  "job.wall",
  "job.unattended",
  "job.continued",
  "job.pause_requested",
  "job.paused",
  "job.resumed",
  "job.cancel_requested",
  "job.completed",
  "job.incomplete",
  "job.failed",
  "job.cancelled",
] as const;

export type JobEventKind = (typeof JOB_EVENTS)[number];

export interface JobEvent {
  /** Grows along the history of all jobs. */
  id: number;
  jobId: string;
  at: Date;
  kind: JobEventKind;
  /** Plain facts: counts, addresses, reasons, selectors with the first words of a list. Never more of a page. */
  data: Record<string, unknown>;
}

export type NewJobEvent = Omit<JobEvent, "id">;
