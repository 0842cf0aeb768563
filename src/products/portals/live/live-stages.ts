import { LiveStage, type ShownTab, type Viewer } from "./live-stage.ts";

/** The stages of this process, by job: each is there as long as somebody plays or watches. */
export class LiveStages {
  readonly #stages = new Map<string, { stage: LiveStage; players: number }>();

  /** For the worker of a job. Whoever enters leaves. */
  enter(jobId: string): { show(tab: ShownTab): void; giveBack(): void; leave(): void } {
    const entry = this.#of(jobId);
    entry.players += 1;
    return {
      show: (tab) => entry.stage.show(tab),
      giveBack: () => entry.stage.giveBack(),
      leave: () => {
        entry.players -= 1;
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
    return (this.#stages.get(jobId)?.players ?? 0) > 0;
  }

  #of(jobId: string): { stage: LiveStage; players: number } {
    const entry = this.#stages.get(jobId) ?? { stage: new LiveStage(), players: 0 };
    this.#stages.set(jobId, entry);
    return entry;
  }

  #sweep(jobId: string): void {
    const entry = this.#stages.get(jobId);
    if (entry && entry.players <= 0 && entry.stage.viewers === 0) this.#stages.delete(jobId);
  }
}
