import type { PersonInput } from "#engines/browser";
import type { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import type { LiveReceiver } from "./live-receiver.ts";
import type { LiveSender } from "./live-sender.ts";
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
  /** To other processes; null where there are none. */
  readonly relay: { readonly sender: LiveSender; readonly receiver: LiveReceiver } | null;
}

/** Where people come to watch jobs: what the API calls. */
export class LiveDesk {
  readonly #deps: LiveDeskDeps;

  constructor(deps: LiveDeskDeps) {
    this.#deps = deps;
  }

  /** Lets viewers of other processes watch the jobs of this one. Call the returned function at the end, worker or not. */
  async open({ works }: { works: boolean }): Promise<() => Promise<void>> {
    const { relay } = this.#deps;
    if (!relay) return async () => undefined;
    const stop = works ? await relay.sender.open() : null;
    return async () => {
      await stop?.();
      await relay.receiver.close();
    };
  }

  /** A job that has no browser yet is waited for, wherever its worker is. Throws `job_not_found`. */
  async join(jobId: string, viewer: Viewer): Promise<LiveSeat> {
    const { jobs, stages, relay } = this.#deps;
    await jobs.get(jobId);
    const goHome = (await relay?.receiver.bring(jobId)) ?? (() => undefined);
    const { stage, leave } = stages.watch(jobId, viewer);
    return {
      takeOver: () => stage.takeOver(viewer),
      giveBack: () => stage.giveBack(viewer),
      input: (input) => stage.input(viewer, input),
      leave: () => {
        leave();
        goHome();
      },
    };
  }
}
