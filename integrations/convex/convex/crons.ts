import { cronJobs } from "convex/server";
import { internal } from "./_generated/api.js";

const crons = cronJobs();

crons.daily("dailyFullScrape", { hourUTC: 2, minuteUTC: 0 }, internal.scraping.scheduled.scrapeAllPendingPortals);
crons.interval("retryFailedPortals", { hours: 6 }, internal.scraping.scheduled.retryFailedPortals);
crons.weekly(
  "cleanupOldRecords",
  { dayOfWeek: "sunday", hourUTC: 3, minuteUTC: 0 },
  internal.scraping.scheduled.cleanupOldRecords,
);
crons.interval("checkStuckJobs", { minutes: 15 }, internal.scraping.scheduled.checkAndRecoverStuckJobs);

export default crons;
