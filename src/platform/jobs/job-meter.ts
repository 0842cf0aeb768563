import type { Counter, Histogram, Logger, Telemetry } from "#kernel";

export type JobEnd = { outcome: "finished" } | { outcome: "failed"; err: unknown; isLastAttempt: boolean };

interface Beginning {
  attempt: number;
  isRoutine: boolean;
}

/** What is logged and measured of a job. Never its data. */
export class JobMeter {
  readonly #logger: Logger;
  readonly #runs: Counter;
  readonly #seconds: Histogram;

  constructor({ logger, telemetry }: { logger: Logger; telemetry: Telemetry }) {
    this.#logger = logger;
    this.#runs = telemetry.counter("gleaner_job_runs_total", {
      help: "Attempts of background jobs by outcome.",
      labels: ["job", "outcome"],
    });
    this.#seconds = telemetry.histogram("gleaner_job_duration_seconds", {
      help: "How long attempts of background jobs took.",
      labels: ["job"],
      buckets: [0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 7_200],
    });
  }

  /** Call what it returns when the attempt ends. */
  begin(job: string, id: string, { attempt, isRoutine }: Beginning): (end: JobEnd) => void {
    const startedAt = performance.now();
    this.#logger.debug("job.started", { job, id, attempt });
    return (end) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const outcome = end.outcome === "failed" && end.isLastAttempt ? "died" : end.outcome;
      this.#runs.add(1, { job, outcome });
      this.#seconds.observe(seconds, { job });
      if (end.outcome === "finished") this.#logger[isRoutine ? "debug" : "info"]("job.finished", { job, id, seconds });
      else this.#logger.warn("job.failed", { job, id, attempt, isLastAttempt: end.isLastAttempt, err: end.err });
    };
  }
}
