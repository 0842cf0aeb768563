import { setTimeout as sleep } from "node:timers/promises";

/** A signal that aborts after `timeoutMs`, or earlier with `parent`. The timer does not keep the process alive. */
export function deadlineSignal(timeoutMs: number, parent?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return parent ? AbortSignal.any([timeout, parent]) : timeout;
}

/** Throws the signal's reason if it has been aborted. For loops that do long synchronous or local work. */
export function throwIfAborted(signal?: AbortSignal): void {
  signal?.throwIfAborted();
}

/** What work brings, or null when that takes longer than `timeoutMs`. It goes on unheard: for what cannot be told to stop. */
export async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | null> {
  const done = new AbortController();
  const late = sleep(timeoutMs, null, { signal: done.signal });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}

/** Waits `delayMs`, or rejects with the signal's reason as soon as it aborts. */
export async function waitFor(delayMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
