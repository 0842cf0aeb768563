import type { Page } from "playwright-core";
import { deadlineSignal, waitFor, within } from "#kernel";
import { InputOverflow, NotTakenOver } from "./errors.ts";
import type { OnFrame } from "./frame-fan.ts";
import { putIn, type PersonInput } from "./person-input.ts";
import { Screencast } from "./screencast.ts";

/** What the program has begun gets so long to end when a person takes over. */
const LAST_STEP_MS = 5_000;
const INPUT_MS = 5_000;
const MOST_WAITING = 100;

/**
 * A session's tab as people see it: filmed while they watch, and driven by one of them while the program waits. Ends with its session.
 */
export class LiveTab {
  readonly #screencast: Screencast;
  readonly #ended = Promise.withResolvers<void>();
  #page: Page;
  #person: PromiseWithResolvers<void> | null = null;
  #steps = 0;
  #inputs: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(page: Page) {
    this.#page = page;
    this.#screencast = new Screencast(page);
  }

  /** Resolves when the session has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get isTakenOver(): boolean {
    return this.#person !== null;
  }

  /** Where the tab is. */
  get url(): string {
    return this.#page.url();
  }

  /** Shows what the tab shows, from now on. Returns how to stop. */
  watch(onFrame: OnFrame): () => void {
    return this.#screencast.watch(onFrame);
  }

  /** From now on a person drives, and what the program wants of the session waits. Resolves when its last step is done. */
  async takeOver(): Promise<void> {
    this.#person ??= Promise.withResolvers();
    const patience = deadlineSignal(LAST_STEP_MS);
    while (this.#steps > 0 && !patience.aborted) await waitFor(20, patience).catch(() => undefined);
  }

  /** The program goes on. Harmless when nobody has taken over. */
  giveBack(): void {
    this.#person?.resolve();
    this.#person = null;
  }

  /** Does what a person did, in the order it was done. Throws `not_taken_over`, `input_overflow`; a page that does not react is left alone. */
  async input(input: PersonInput): Promise<void> {
    if (!this.#person) throw new NotTakenOver();
    if (this.#waiting >= MOST_WAITING) throw new InputOverflow();
    this.#waiting += 1;
    const before = this.#inputs;
    this.#inputs = (async () => {
      await before;
      if (this.#person) await within(INPUT_MS, putIn(this.#page, input)).catch(() => undefined);
      this.#waiting -= 1;
    })();
    return this.#inputs;
  }

  /** A step of the program: waits while a person drives. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    while (this.#person) await this.#person.promise;
    this.#steps += 1;
    try {
      return await work();
    } finally {
      this.#steps -= 1;
    }
  }

  follow(page: Page): void {
    this.#page = page;
    this.#screencast.follow(page);
  }

  close(): void {
    this.giveBack();
    this.#screencast.close();
    this.#ended.resolve();
  }
}
