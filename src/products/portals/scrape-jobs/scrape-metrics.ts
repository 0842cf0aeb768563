import type { Telemetry } from "#kernel";
import { durationMs } from "./job-view.ts";
import type { FinishedJob } from "./scrape-job.ts";

/** The documented metrics of scraping, under the documented names. */
export class ScrapeMetrics {
  readonly #started;
  readonly #succeeded;
  readonly #failed;
  readonly #duration;
  readonly #opportunities;
  readonly #pages;
  readonly #errors;

  constructor(telemetry: Telemetry) {
    this.#started = telemetry.counter("scrape_jobs_total", { help: "Scrape jobs that a worker began." });
    this.#succeeded = telemetry.counter("scrape_jobs_success", { help: "Scrape jobs that ended with results." });
    this.#failed = telemetry.counter("scrape_jobs_failed", { help: "Scrape jobs that failed." });
    this.#duration = telemetry.histogram("scrape_duration_seconds", {
      help: "From the first start of a scrape job to its end.",
      buckets: [1, 5, 15, 60, 300, 900, 3600],
    });
    this.#opportunities = telemetry.counter("opportunities_extracted", { help: "Opportunities that jobs found." });
    this.#pages = telemetry.counter("pages_scraped", { help: "List pages that jobs read." });
    this.#errors = telemetry.counter("errors_by_type", { help: "Failures by documented type.", labels: ["type"] });
  }

  started(): void {
    this.#started.add();
  }

  finished(job: FinishedJob): void {
    this.#duration.observe((durationMs(job) ?? 0) / 1000);
    this.#opportunities.add(job.progress.opportunitiesFound);
    this.#pages.add(job.progress.currentPage);
    if (job.status === "failed") {
      this.#failed.add();
      this.#errors.add(1, { type: job.error.type });
    } else if (job.status !== "cancelled") this.#succeeded.add();
  }
}
