import type { Database } from "#platform/storage";

/** What a running job is told. */
export interface JobContext {
  /** Of the job; the same in every attempt. */
  id: string;
  /** Aborts when the job is cancelled, has been taken over by another process, or this process must end. */
  signal: AbortSignal;
}

export type JobHandler<Data> = (data: Data, context: JobContext) => Promise<void>;

export interface JobOptions {
  /** How many run side by side in this process. */
  concurrency?: number;
  /** Attempts after the first; then the job is a dead letter. */
  retryLimit?: number;
  /** Before the second attempt; doubles from there, up to `retryMaxSeconds`. */
  retrySeconds?: number;
  retryMaxSeconds?: number;
  /** The longest time an attempt may take. At most 24 hours. */
  expireSeconds?: number;
  /** Comes round so often that its good ends are not worth a line at info. */
  isRoutine?: boolean;
}

export const DEFAULT_JOB_OPTIONS: Required<JobOptions> = {
  concurrency: 1,
  retryLimit: 5,
  retrySeconds: 1,
  retryMaxSeconds: 3_600,
  expireSeconds: 6 * 3_600,
  isRoutine: false,
};

export interface SendOptions {
  /** While a job with this key waits or runs, sending another gives that job. */
  key?: string;
  /** Higher goes first. 0 by default. */
  priority?: number;
  startAfter?: Date;
  /** The job is there exactly if this transaction commits. */
  trx?: Database;
}

export interface Schedule {
  name: string;
  key: string;
  cron: string;
  tz: string;
}

/** A job that failed for good, with what it was asked. */
export interface DeadJob {
  id: string;
  data: unknown;
  diedAt: Date;
}

/** Where the dead letters of a queue lie. */
export function deadQueueOf(name: string): string {
  return `${name}.dead`;
}
