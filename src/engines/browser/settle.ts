import type { Page } from "playwright-core";
import { within } from "#kernel";
import { isStatic, looksUnfinished, untilQuiet } from "./in-page/quiet.ts";
import type { NetworkWatch } from "./network-watch.ts";

export interface SettleOptions {
  /** No longer than this in all. */
  maxMs: number;
  /** After a click even a page without scripts may be about to leave. */
  mayLeave?: boolean;
  /** Just arrived: a page that shows next to nothing yet gets time for its content. */
  isNew?: boolean;
}

const QUIET_MS = 60;
const UNFINISHED_MS = 1_500;
/** The timers that end the waiting are the page's own. They may be late, and it may have put others in their place. */
const GRACE_MS = 500;

/**
 * Waits until a page has become what it is going to be: loaded, nothing asked that could change it, and still for a moment.
 * A page in which nothing runs is that at once; this is what makes replaying static lists in a browser fast.
 */
export async function settle(
  page: Page,
  watch: NetworkWatch,
  { maxMs, mayLeave = false, isNew = false }: SettleOptions,
): Promise<void> {
  const startedAt = performance.now();
  const leftMs = (): number => maxMs - (performance.now() - startedAt);
  if (!mayLeave && (await tolerant(page, () => page.evaluate(isStatic))) === true) return;
  while (leftMs() > 0) {
    const stayed = await tolerant(page, async () => {
      const maxMs = Math.max(0, leftMs());
      await within(maxMs + GRACE_MS, page.evaluate(untilQuiet, { quietMs: QUIET_MS, maxMs }));
      return true;
    });
    if (stayed !== true) continue;
    if (!watch.isIdle) {
      await watch.untilIdle(leftMs());
      continue;
    }
    const mayWaitOn = isNew && performance.now() - startedAt < UNFINISHED_MS;
    if (!mayWaitOn || (await tolerant(page, () => page.evaluate(looksUnfinished))) !== true) return;
  }
}

/** Undefined when the page went elsewhere under the call; by then the new page's DOM is there. */
async function tolerant<T>(page: Page, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!isNavigationUnderway(error)) throw error;
    await page.waitForLoadState("domcontentloaded", { timeout: 10_000 }).catch(() => undefined);
    return undefined;
  }
}

/** Whether an error means that the document was replaced while we were in it. */
export function isNavigationUnderway(error: unknown): boolean {
  return error instanceof Error && /context was destroyed|navigat|Frame was detached/i.test(error.message);
}

/** Playwright names its own so; those of our deadlines are DOM exceptions. */
export function isPlaywrightTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError" && !(error instanceof DOMException);
}
