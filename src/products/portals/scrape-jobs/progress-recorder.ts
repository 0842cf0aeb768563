import type { Clock } from "#kernel";
import type { HarvestProgress } from "#engines/harvest";
import { progressed, type ScrapeJob } from "./scrape-job.ts";
import type { Entry, ScrapeLedger } from "./scrape-ledger.ts";
import type { ScrapeProgress } from "./stored-job.ts";

export interface RecorderOptions {
  ledger: ScrapeLedger;
  jobId: string;
  attempt: number;
  clock: Clock;
  /** Pages that follow each other faster are written together. */
  everyMs: number;
  /** What is written shows what others wrote meanwhile. */
  onSaved: (job: ScrapeJob) => void;
  /** The job is no longer this worker's, or the database is gone. */
  onLost: (error: unknown) => void;
}

/** What is to be written next. */
export interface Pending {
  progress: Partial<ScrapeProgress>;
  runId?: string;
  entry: Entry | null;
}

/** Writes a harvest's progress down, one write at a time, and not faster than anybody can read it. */
export class ProgressRecorder {
  readonly #options: RecorderOptions;
  #pending: Pending | null = null;
  #writing: Promise<void> | null = null;
  #lastWriteAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  note(event: HarvestProgress): void {
    const news = newsIn(event);
    if (!news) return;
    this.#pending = together(this.#pending, news);
    const isDue = this.#options.clock().getTime() - this.#lastWriteAt >= this.#options.everyMs;
    if (isDue || event.kind !== "page") this.#write();
    else this.#writeLater();
  }

  /** Tells what is being done now, where there is nothing to count. */
  say(doing: string): void {
    const { progress, ...pending } = this.#pending ?? { progress: {}, entry: null };
    this.#pending = { ...pending, progress: { ...progress, currentAction: doing.slice(0, 200) } };
    const isDue = this.#options.clock().getTime() - this.#lastWriteAt >= this.#options.everyMs;
    if (isDue) this.#write();
    else this.#writeLater();
  }

  /** Resolves when everything that was noted is written. */
  async settle(): Promise<void> {
    while (this.#writing || this.#pending) {
      this.#write();
      await this.#writing;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** What is not followed by anything is written all the same: the next page may take its time. */
  #writeLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#write();
    }, this.#options.everyMs).unref();
  }

  #write(): void {
    if (this.#writing || !this.#pending) return;
    const { progress, entry, runId } = this.#pending;
    const { ledger, jobId, attempt, clock, onSaved, onLost } = this.#options;
    this.#pending = null;
    this.#lastWriteAt = clock().getTime();
    const news = runId === undefined ? { progress } : { progress, runId };
    this.#writing = ledger
      .change(
        jobId,
        (job, now) => progressed(job, attempt, news, now),
        () => entry,
      )
      .then(onSaved, onLost)
      .finally(() => {
        this.#writing = null;
        if (this.#pending) this.#writeLater();
      });
  }
}

/** What waits and what came since as one; the newer wins, and nothing that only one of them knows is lost. */
export function together(waiting: Pending | null, news: Pending): Pending {
  const runId = news.runId ?? waiting?.runId;
  return {
    progress: { ...waiting?.progress, ...news.progress },
    entry: news.entry ?? waiting?.entry ?? null,
    ...(runId === undefined ? {} : { runId }),
  };
}

function newsIn(event: HarvestProgress): Pending | null {
  switch (event.kind) {
    case "started":
      return { runId: event.run, progress: { currentAction: "Opening the list" }, entry: null };
    case "learned": {
      const { transport, fields, confidence, how } = event;
      const data = { transport, fields: [...fields], confidence, how: [...how] };
      return {
        progress: { currentAction: "Reading the list" },
        entry: { kind: "job.learned", data, tellClient: true },
      };
    }
    case "page": {
      const { page, url, records, found, totalDeclared, pagesDeclared, reused } = event;
      return {
        progress: {
          currentPage: page,
          totalPages: pagesDeclared,
          opportunitiesFound: found,
          totalDeclared,
          currentAction: `Read page ${page}`,
        },
        entry: { kind: "job.page", data: { page, url, records, found, reused }, tellClient: true },
      };
    }
    case "detail":
      return { progress: { currentAction: `Read ${event.done} of ${event.of} records' own pages` }, entry: null };
    case "alarm":
      return { progress: {}, entry: { kind: "job.alarm", data: { ...event.alarm } } };
    case "wall":
    case "finished":
      return null;
  }
}
