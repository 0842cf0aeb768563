import type { PersonInput } from "#engines/browser";
import type { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import type { Viewer } from "./live-stage.ts";
import type { LiveStages } from "./live-stages.ts";

/** A viewer's place before a job. Whoever takes it leaves it. */
export interface LiveSeat {
  /** Throws `nothing_to_take_over`, `live_taken`. */
  takeOver(): Promise<void>;
  giveBack(): void;
  /** Throws `not_taken_over`, `live_taken`, `input_overflow`. */
  input(input: PersonInput): Promise<void>;
  leave(): void;
}

export interface LiveDeskDeps {
  readonly jobs: Pick<ScrapeJobStore, "get">;
  readonly stages: LiveStages;
}

/** Where people come to watch jobs: what the API calls. */
export class LiveDesk {
  readonly #deps: LiveDeskDeps;

  constructor(deps: LiveDeskDeps) {
    this.#deps = deps;
  }

  /** A job that has no browser yet is waited for. Throws `job_not_found`. */
  async join(jobId: string, viewer: Viewer): Promise<LiveSeat> {
    const { jobs, stages } = this.#deps;
    await jobs.get(jobId);
    const { stage, leave } = stages.watch(jobId, viewer);
    return {
      takeOver: () => stage.takeOver(viewer),
      giveBack: () => stage.giveBack(viewer),
      input: (input) => stage.input(viewer, input),
      leave,
    };
  }
}
