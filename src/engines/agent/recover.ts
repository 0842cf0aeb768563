import type { BrowserSession } from "#engines/browser";
import { waitFor } from "#kernel";
import type { Strategy } from "./agent-error.ts";

export type Recovered = "goes_on" | "went_to_start" | "needs_new_browser" | "given_up";

export interface RecoverOptions {
  readonly url: string;
  readonly delayMs: number;
  readonly signal: AbortSignal;
}

const LONGER_MS = 60_000;

/** Carries a strategy out. What it throws is the next error. */
export async function recover(
  strategy: Strategy,
  session: Pick<BrowserSession, "goto" | "back" | "scrollToEnd" | "waitForQuiet" | "url"> | null,
  { url, delayMs, signal }: RecoverOptions,
): Promise<Recovered> {
  if (strategy === "abort" || strategy === "person") return "given_up";
  if (strategy === "new_browser" || !session) return "needs_new_browser";
  if (strategy === "wait" || strategy === "retry" || strategy === "ask_differently") {
    await waitFor(delayMs, signal);
    return "goes_on";
  }
  if (strategy === "look_again") {
    await session.waitForQuiet({ signal });
    return "goes_on";
  }
  if (strategy === "scroll_and_wait") {
    await session.scrollToEnd({ signal });
    return "goes_on";
  }
  if (strategy === "back") return (await session.back({ signal })) ? "goes_on" : "given_up";
  const isBlank = session.url === "about:blank" || session.url.startsWith("chrome-error:");
  await session.goto(isBlank ? url : session.url, {
    timeoutMs: strategy === "retry_longer" ? LONGER_MS : 30_000,
    signal,
  });
  return isBlank ? "went_to_start" : "goes_on";
}
