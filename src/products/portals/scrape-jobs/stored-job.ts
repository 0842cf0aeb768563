import { z } from "zod";

/** How far a job has come. Counts never fall within one attempt. */
export const ScrapeProgressSchema = z.object({
  currentPage: z.int(),
  totalPages: z.int().nullable(),
  opportunitiesFound: z.int(),
  /** Opportunities that the list itself declares ("1–20 of 412"). */
  totalDeclared: z.int().nullable(),
  currentAction: z.string().nullable(),
});
export type ScrapeProgress = z.infer<typeof ScrapeProgressSchema>;

/** A page that a person has to deal with: a CAPTCHA, a log-in, a limit. */
export const WallSchema = z.object({ kind: z.string(), url: z.string(), message: z.string() });
export type Wall = z.infer<typeof WallSchema>;

/** What the harvest said about how much of the list it brought home. */
export const CompletenessSchema = z
  .object({
    state: z.enum(["complete", "incomplete", "unknown"]),
    reason: z.string(),
    pagesSeen: z.int(),
    pagesDeclared: z.int().nullable(),
    totalDeclared: z.int().nullable(),
    found: z.int(),
    duplicates: z.int(),
    gaps: z.array(z.string()).readonly(),
    stopped: z.string(),
  })
  .meta({ id: "Completeness" });
export type JobCompleteness = z.infer<typeof CompletenessSchema>;

/** The documented classes of failure. */
export const FAILURE_TYPES = [
  "navigation_timeout",
  "element_not_found",
  "page_crash",
  "captcha_detected",
  "auth_required",
  "rate_limited",
  "content_not_loaded",
  "unexpected_state",
  "llm_error",
  "network_error",
] as const;
export type FailureType = (typeof FAILURE_TYPES)[number];

/** Why a job failed. `code` is finer than the documented `type`, and as stable. */
export const ScrapeFailureSchema = z
  .object({
    message: z.string(),
    type: z.enum(FAILURE_TYPES),
    code: z.string(),
    recoverable: z.boolean().describe("Trying again later may succeed."),
  })
  .meta({ id: "ScrapeFailure" });
export type ScrapeFailure = z.infer<typeof ScrapeFailureSchema>;
