import type { Page } from "playwright-core";
import { DIALOG_WORDS } from "./dialog-words.ts";
import { dismissOne, type Dismissal } from "./in-page/dialogs.ts";

const CONSENT_FRAME = /consent|cookie|privacy|cmp|gdpr/i;
const MAX_ROUNDS = 4;

/** Dismisses dialogs one after the other, those in consent frames too. `settled` waits until the page has reacted. */
export async function dismissDialogs(page: Page, settled: () => Promise<void>): Promise<Dismissal[]> {
  const dismissed: Dismissal[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await dismissTopmost(page);
    if (!found) break;
    dismissed.push(found);
    await settled();
  }
  return dismissed;
}

async function dismissTopmost(page: Page): Promise<Dismissal | null> {
  for (const frame of page.frames()) {
    if (frame !== page.mainFrame() && !CONSENT_FRAME.test(`${frame.url()} ${frame.name()}`)) continue;
    // A frame that went away meanwhile has nothing left to dismiss.
    const found = await frame.evaluate(dismissOne, DIALOG_WORDS).catch(() => null);
    if (found) return found;
  }
  return null;
}
