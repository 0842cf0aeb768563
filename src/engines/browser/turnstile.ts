/** Lets so many in at a time, first come first served. */
export class Turnstile {
  #free: number;
  #waiting: { enter: () => void; refuse: (reason: unknown) => void }[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Gives a function that gives the place back; calling it twice does nothing. Rejects with the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await this.#queue(signal);
    }
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const next = this.#waiting.shift();
      if (next) next.enter();
      else this.#free += 1;
    };
  }

  /** Sends everybody who waits away. */
  close(reason: unknown): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse(reason);
  }

  #queue(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting = this.#waiting.filter((each) => each !== waiter);
        reject(signal.reason);
      };
      const done = (act: () => void) => (): void => {
        signal.removeEventListener("abort", abort);
        act();
      };
      const waiter = { enter: done(resolve), refuse: (reason: unknown) => done(() => reject(reason))() };
      signal.addEventListener("abort", abort, { once: true });
      this.#waiting.push(waiter);
    });
  }
}
