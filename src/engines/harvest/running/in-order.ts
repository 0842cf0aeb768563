/** Runs work side by side, at most `ahead` items beyond the one that is waited for, and gives results in order. */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Its failure is seen when its turn comes; until then it is nobody's.
    result.catch(() => undefined);
    pending.push(result);
    const first = pending.length > ahead ? pending.shift() : undefined;
    if (first) yield await first;
  }
  for (const result of pending) yield await result;
}

/** A few things that take turns: whoever finds none free waits for the next one that is given back. */
export class TurnTaking<Thing> {
  readonly #open: () => Promise<Thing>;
  readonly #free: Thing[] = [];
  readonly #waiting: ((thing: Thing) => void)[] = [];
  readonly #opened: Thing[] = [];
  #room: number;

  constructor(most: number, open: () => Promise<Thing>) {
    this.#room = most;
    this.#open = open;
  }

  async use<Result>(work: (thing: Thing) => Promise<Result>): Promise<Result> {
    const thing = await this.#take();
    try {
      return await work(thing);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thing);
      else this.#free.push(thing);
    }
  }

  /** Everything that was opened, for whoever has to close it. */
  get opened(): readonly Thing[] {
    return this.#opened;
  }

  async #take(): Promise<Thing> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#room === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#room -= 1;
    const thing = await this.#open();
    this.#opened.push(thing);
    return thing;
  }
}
