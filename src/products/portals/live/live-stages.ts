import { LiveStage, type ShownTab, type Viewer } from "./live-stage.ts";

interface Entry {
  readonly stage: LiveStage;
  here: number;
  elsewhere: number;
}

/** A worker's side of a stage. */
export interface Play {
  show(tab: ShownTab): void;
  giveBack(): void;
  leave(): void;
}

/** The stages of this process, by job: each is there as long as somebody plays or watches. */
export class LiveStages {
  readonly #stages = new Map<string, Entry>();

  /** For the worker of a job, or for what brings its pictures from elsewhere. Whoever enters leaves. */
  enter(jobId: string, from: "here" | "elsewhere" = "here"): Play {
    const entry = this.#of(jobId);
    entry[from] += 1;
    return {
      show: (tab) => entry.stage.show(tab),
      giveBack: () => entry.stage.giveBack(),
      leave: () => {
        entry[from] -= 1;
        this.#sweep(jobId);
      },
    };
  }

  /** For somebody who watches, also before there is anything to see. */
  watch(jobId: string, viewer: Viewer): { stage: LiveStage; leave: () => void } {
    const { stage } = this.#of(jobId);
    const stop = stage.watch(viewer);
    return {
      stage,
      leave: () => {
        stop();
        this.#sweep(jobId);
      },
    };
  }

  /** Whether a worker of this process has the job. */
  isPlayedHere(jobId: string): boolean {
    return (this.#stages.get(jobId)?.here ?? 0) > 0;
  }

  #of(jobId: string): Entry {
    const entry = this.#stages.get(jobId) ?? { stage: new LiveStage(), here: 0, elsewhere: 0 };
    this.#stages.set(jobId, entry);
    return entry;
  }

  #sweep(jobId: string): void {
    const entry = this.#stages.get(jobId);
    if (entry && entry.here + entry.elsewhere <= 0 && entry.stage.viewers === 0) this.#stages.delete(jobId);
  }
}
