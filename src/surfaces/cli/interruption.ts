/** A second Ctrl-C within this time is the echo of the first one through a parent process. */
const ECHO_MS = 700;

export interface Interruption {
  readonly signal: AbortSignal;
  stop(): void;
}

/** Thrown through the work when the person, or the parent process, wants it to end. */
export class Interrupted extends Error {
  constructor(by: string) {
    super(`Interrupted by ${by}.`);
  }
}

/**
 * Aborts on the first Ctrl-C, SIGTERM, SIGHUP, or when the process that started us is gone; a second one ends at once.
 */
export function watchInterruption(onSecond: () => void, now: () => number = () => performance.now()): Interruption {
  const controller = new AbortController();
  let firstAt: number | null = null;
  const interrupt = (by: string) => {
    if (firstAt === null) {
      firstAt = now();
      controller.abort(new Interrupted(by));
    } else if (now() - firstAt > ECHO_MS) {
      onSecond();
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const handlers = signals.map((name) => [name, () => interrupt(name)] as const);
  const orphaned = () => interrupt("the end of its parent process");
  for (const [name, handler] of handlers) process.on(name, handler);
  process.on("disconnect", orphaned);
  process.channel?.unref();
  return {
    signal: controller.signal,
    stop() {
      for (const [name, handler] of handlers) process.off(name, handler);
      process.off("disconnect", orphaned);
    },
  };
}
