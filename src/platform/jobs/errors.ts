import { AppError } from "#kernel";

export class JobUnknown extends AppError {
  constructor(name: string) {
    super({
      kind: "internal",
      code: "job_unknown",
      message: `No job is called "${name}" in this process. Define or declare it before the jobs are started.`,
      details: { name },
    });
  }
}

export class JobsStopped extends AppError {
  constructor() {
    super({
      kind: "unavailable",
      code: "jobs_stopped",
      message: "Background jobs are not running in this process. Start it, or try again when it is up.",
    });
  }
}

export class BadSchedule extends AppError {
  constructor(cron: string, tz: string, cause: unknown) {
    super({
      kind: "invalid",
      code: "bad_schedule",
      message: `"${cron}" in time zone "${tz}" is not a schedule. Write five fields, minute hour day month weekday, such as "0 6 * * 1-5", and a time zone such as Europe/Berlin.`,
      details: { cron, tz },
      cause,
    });
  }
}
