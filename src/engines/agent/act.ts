import type { BrowserSession, PageFence, StepOutcome } from "#engines/browser";
import { AppError } from "#kernel";
import type { Intent } from "./judge-decision.ts";

export type Acted =
  | { readonly ok: true; readonly changed: boolean; readonly navigated: boolean }
  | { readonly ok: false; readonly error: unknown };

type Session = Pick<
  BrowserSession,
  "click" | "fill" | "select" | "press" | "scrollToEnd" | "waitForQuiet" | "back" | "mark"
>;

const ACTION_MS = 8_000;
const WAIT_MS = 4_000;

/** Carries an intent out and tells what came of it. What fails at first is tried once more in another way. */
export async function act(session: Session, fence: PageFence, intent: Intent, signal: AbortSignal): Promise<Acted> {
  try {
    const outcome = await perform(session, fence, intent, signal);
    return { ok: true, changed: outcome.changed, navigated: outcome.navigated };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { ok: false, error };
  }
}

type Outcome = Pick<StepOutcome, "changed" | "navigated">;

async function perform(session: Session, fence: PageFence, intent: Intent, signal: AbortSignal): Promise<Outcome> {
  const options = { timeoutMs: ACTION_MS, signal };
  switch (intent.kind) {
    case "click":
    case "press": {
      const { path, label } = intent.node;
      const press = async (): Promise<Outcome> => {
        const target = { path };
        const first =
          intent.kind === "press" ? session.press(target, "Enter", options) : session.click(target, options);
        return first.catch((error: unknown) => {
          if (!(error instanceof AppError) || error.code !== "element_not_actionable" || label === "") throw error;
          return session.click({ text: label }, options);
        });
      };
      return intent.mayPost ? fence.posting(press) : press();
    }
    case "fill":
      return session.fill({ path: intent.node.path }, intent.value, options);
    case "select":
      return session.select({ path: intent.node.path }, intent.value, options);
    case "scroll":
    case "scroll_to":
      return session.scrollToEnd({ signal });
    case "wait": {
      const before = await session.mark();
      await session.waitForQuiet({ timeoutMs: WAIT_MS, signal });
      return { changed: (await session.mark()) !== before, navigated: false };
    }
    case "back": {
      const navigated = await session.back({ timeoutMs: ACTION_MS, signal });
      return { changed: navigated, navigated };
    }
    default:
      return { changed: false, navigated: false };
  }
}
