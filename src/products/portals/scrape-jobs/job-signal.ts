import { z } from "zod";
import type { JsonValue } from "#kernel";

/** Everybody who shows jobs listens here; a message says only that something is new, the database says what. */
export const JOB_TOPIC = "scrape-jobs";

/** To the worker of a job: look whether it is to stop. Whether it is cancelled or held stands in the database. */
export const STOP_TOPIC = "scrape-cancel";

const JobSignalSchema = z.object({ jobId: z.string() });

/** Which job a signal is about; null when it is none of ours. */
export function jobIn(message: JsonValue): string | null {
  return JobSignalSchema.safeParse(message).data?.jobId ?? null;
}
