/** The jobs that run in this process, and how to make one stop. */
export class RunningJobs {
  readonly #running = new Map<string, AbortController>();
  readonly #runs = new Set<Promise<void>>();

  /** Runs a handler under a signal of its own beside those given. */
  async run(
    id: string,
    signals: readonly AbortSignal[],
    handle: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const own = new AbortController();
    this.#running.set(id, own);
    const run = handle(AbortSignal.any([own.signal, ...signals]));
    this.#runs.add(run);
    try {
      await run;
    } finally {
      this.#runs.delete(run);
      if (this.#running.get(id) === own) this.#running.delete(id);
    }
  }

  get ids(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Resolves when nothing runs any more, or when `deadline` aborts. */
  async settled(deadline: AbortSignal): Promise<void> {
    const late = new Promise<void>((resolve) => deadline.addEventListener("abort", () => resolve(), { once: true }));
    await Promise.race([Promise.allSettled(this.#runs), late]);
  }

  abort(id: string, reason: unknown): void {
    this.#running.get(id)?.abort(reason);
  }
}
