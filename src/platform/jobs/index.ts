export type { DeadJob, JobContext, JobHandler, JobOptions, Schedule, SendOptions } from "./job.ts";
export { Jobs, type JobsDeps, type StartOptions } from "./jobs.ts";
export { BadSchedule, JobsStopped, JobUnknown } from "./errors.ts";
