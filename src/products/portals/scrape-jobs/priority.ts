import { z } from "zod";

export const PrioritySchema = z.enum(["high", "normal", "low"]);
export type Priority = z.infer<typeof PrioritySchema>;

/** How much later a job of each priority would have to be handed in to stand where it stands. */
const HEAD_START_SECONDS: Readonly<Record<Priority, number>> = { high: 3_600, normal: 0, low: -3_600 };

/**
 * A job's place in the queue; higher goes first. Priority is a head start and no more: a job waits for those of a higher
 * priority that come within the hour after it (two hours, from low to high), so that none waits for ever. Among equals the first
 * comes first.
 */
export function placeInQueue(priority: Priority, queuedAt: Date): number {
  return HEAD_START_SECONDS[priority] - Math.floor(queuedAt.getTime() / 1_000);
}
