interface Closable {
  close(): Promise<unknown>;
}

/** Remembers what was opened and closes it in reverse order; one failure does not keep the rest open. */
export class Closing {
  #open: Closable[] = [];

  add<T extends Closable>(thing: T): T {
    this.#open.push(thing);
    return thing;
  }

  /** Calling it again waits for nothing. Throws the first failure after everything was tried. */
  async close(): Promise<void> {
    const things = this.#open.reverse();
    this.#open = [];
    const failures: unknown[] = [];
    for (const thing of things) await thing.close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
