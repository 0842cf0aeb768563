import { z } from "zod";
import { schedule, setting, wholeNumber } from "./setting.ts";

/** What is done again and again, when people are asked, and how long things are kept. */
export const UPKEEP_SETTINGS = {
  SCHEDULE_FULL_RUN: setting(schedule.prefault("0 2 * * *"), {
    group: "Schedules and retention",
    description: "When watched portals without a time table of their own are run; a cron expression, or off.",
  }),
  SCHEDULE_RETRY_FAILED: setting(schedule.prefault("0 */6 * * *"), {
    group: "Schedules and retention",
    description: "When watched portals are tried again whose last job failed of something that may pass.",
  }),
  SCHEDULE_STUCK_CHECK: setting(schedule.prefault("*/15 * * * *"), {
    group: "Schedules and retention",
    description: "When jobs without a sign of life are looked for.",
  }),
  SCHEDULE_CLEAN_UP: setting(schedule.prefault("0 3 * * 0"), {
    group: "Schedules and retention",
    description: "When what is older than RETENTION_DAYS is removed.",
  }),
  SCHEDULE_TIMEZONE: setting(z.string().default("UTC"), {
    group: "Schedules and retention",
    description: "Time zone of these schedules, such as Europe/Berlin.",
  }),
  PAUSE_AFTER_FAILURES: setting(wholeNumber(0).prefault("5"), {
    group: "Schedules and retention",
    description: "Failed jobs in a row after which a portal is paused until a person looks; 0 pauses none.",
  }),
  REVIEW_BELOW: setting(z.coerce.number().min(0).max(1).prefault("0.5"), {
    group: "Schedules and retention",
    description: "Confidence, 0 to 1, below which a person is asked to look at an opportunity; 0 asks about none.",
  }),
  RETENTION_DAYS: setting(wholeNumber(1, 36_500).prefault("30"), {
    group: "Schedules and retention",
    description:
      "How long ended jobs, runs, delivered callbacks and stored pages that nothing kept points at are kept. Opportunities stay.",
  }),
  LOGIN_SESSION_HOURS: setting(wholeNumber(0, 8_760).prefault("24"), {
    group: "Schedules and retention",
    description: "How long a portal's session is kept after a log-in, sealed; 0 logs in anew with every job.",
  }),
};
