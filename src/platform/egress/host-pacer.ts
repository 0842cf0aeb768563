/** Gives the turn back. Calling it twice does nothing. */
export type Release = () => void;

interface Waiter {
  start: () => void;
  delayMs: number;
}

interface Host {
  active: number;
  nextStartAt: number;
  waiting: Waiter[];
  timer: NodeJS.Timeout | null;
}

/** Lets requests to one host start one after the other: so many at once, so far apart. Times in milliseconds. */
export class HostPacer {
  readonly #concurrency: number;
  readonly #now: () => number;
  readonly #hosts = new Map<string, Host>();

  constructor({ concurrency, now = () => performance.now() }: { concurrency: number; now?: () => number }) {
    this.#concurrency = concurrency;
    this.#now = now;
  }

  /** Waits for a turn, first come first served. `delayMs` is the distance to the next request's start. */
  acquire(host: string, delayMs: number, signal?: AbortSignal): Release | Promise<Release> {
    const state = this.#stateOf(host);
    if (state.waiting.length === 0 && this.#mayStart(state)) return this.#start(host, state, delayMs);
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        state.waiting = state.waiting.filter((each) => each !== waiter);
        this.#forgetIdle(host, state);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        delayMs,
        start: () => {
          signal?.removeEventListener("abort", abort);
          resolve(this.#start(host, state, delayMs));
        },
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      state.waiting.push(waiter);
      this.#wake(host, state);
    });
  }

  /** Nobody asks the host for so long: it said that it wants rest. */
  rest(host: string, restMs: number): void {
    const state = this.#stateOf(host);
    state.nextStartAt = Math.max(state.nextStartAt, this.#now() + restMs);
  }

  #stateOf(host: string): Host {
    let state = this.#hosts.get(host);
    if (!state) {
      state = { active: 0, nextStartAt: 0, waiting: [], timer: null };
      this.#hosts.set(host, state);
      if (this.#hosts.size > 10_000) this.#sweep();
    }
    return state;
  }

  #mayStart(state: Host): boolean {
    return state.active < this.#concurrency && (state.nextStartAt === 0 || this.#now() >= state.nextStartAt);
  }

  #start(host: string, state: Host, delayMs: number): Release {
    state.active += 1;
    if (delayMs > 0) state.nextStartAt = this.#now() + delayMs;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      state.active -= 1;
      if (state.waiting.length > 0) this.#wake(host, state);
      else this.#forgetIdle(host, state);
    };
  }

  #wake(host: string, state: Host): void {
    while (state.waiting.length > 0 && this.#mayStart(state)) state.waiting.shift()?.start();
    if (state.waiting.length === 0 || state.active >= this.#concurrency || state.timer) return;
    state.timer = setTimeout(
      () => {
        state.timer = null;
        this.#wake(host, state);
      },
      Math.max(1, Math.ceil(state.nextStartAt - this.#now())),
    );
  }

  /** A host at rest keeps its state until the rest is over, so that leaving and coming back is no way around it. */
  #forgetIdle(host: string, state: Host): void {
    if (state.active === 0 && state.waiting.length === 0 && state.nextStartAt === 0) this.#hosts.delete(host);
  }

  #sweep(): void {
    const now = this.#now();
    for (const [host, state] of this.#hosts) {
      if (state.active === 0 && state.waiting.length === 0 && state.nextStartAt <= now) this.#hosts.delete(host);
    }
  }
}
