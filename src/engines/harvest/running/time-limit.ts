/** A signal that aborts when the caller cancels or the time is up, and knows which of the two it was. */
export class TimeLimit {
  readonly signal: AbortSignal;
  readonly #timer: AbortSignal;
  readonly #caller: AbortSignal | undefined;

  constructor(maxMs: number, caller?: AbortSignal) {
    this.#timer = AbortSignal.timeout(maxMs);
    this.#caller = caller;
    this.signal = caller ? AbortSignal.any([this.#timer, caller]) : this.#timer;
  }

  isUp(): boolean {
    return this.#timer.aborted && this.#caller?.aborted !== true;
  }
}
