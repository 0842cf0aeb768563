import type { People } from "../people.ts";

/** A signal that aborts when the caller cancels or the time is up, and knows which of the two it was. */
export class TimeLimit {
  readonly signal: AbortSignal;
  readonly #up = new AbortController();
  readonly #caller: AbortSignal | undefined;
  #leftMs: number;
  #startedAt = 0;
  #pauses = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(maxMs: number, caller?: AbortSignal) {
    this.#leftMs = maxMs;
    this.#caller = caller;
    this.signal = caller ? AbortSignal.any([this.#up.signal, caller]) : this.#up.signal;
    this.#start();
  }

  isUp(): boolean {
    return this.#up.signal.aborted && this.#caller?.aborted !== true;
  }

  /** The same people; the time that one of them takes at a wall does not count. */
  waitingFor(people: People): People {
    return {
      get visitor() {
        return people.visitor;
      },
      comeToWalls: people.comeToWalls,
      onSession: (session) => people.onSession(session),
      onWall: (wall, session) => this.#pause(() => people.onWall(wall, session)),
    };
  }

  async #pause<T>(work: () => Promise<T>): Promise<T> {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#stop();
    try {
      return await work();
    } finally {
      this.#pauses -= 1;
      if (this.#pauses === 0) this.#start();
    }
  }

  #start(): void {
    this.#startedAt = performance.now();
    const up = () => this.#up.abort(new DOMException("The time is up.", "TimeoutError"));
    this.#timer = setTimeout(up, this.#leftMs).unref();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#startedAt));
  }
}
