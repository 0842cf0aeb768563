import type { Frame, Locator, Page } from "playwright-core";
import { within } from "#kernel";
import { markAtPath, TARGET } from "./in-page/at-path.ts";
import { captureFrame, holeOf } from "./page-content.ts";

/** A busy page answers late; one that hangs or is under way to another keeps nobody waiting for longer. */
const RELEASE_MS = 2_000;

/** An element that was found by its path in a snapshot. Whoever asked releases it. */
export interface ElementAtPath {
  readonly frame: Frame;
  readonly locator: Locator;
  /** Leaves the page as it was. */
  release(): Promise<void>;
}

/** Finds the node of a snapshot's path in the live page, in shadow roots and frames of any origin too. Null when it is gone. */
export async function elementAtPath(page: Page, path: string): Promise<ElementAtPath | null> {
  // Frames of other origins get their numbers while the page is captured.
  if (page.frames().length > 1) await captureFrame(page);
  const mark = crypto.randomUUID();
  let frame = page.mainFrame();
  let rest = path;
  for (;;) {
    const result = await frame.evaluate(markAtPath, { path: rest, name: TARGET, mark });
    if (result.found) break;
    const next = result.hole ? await childWithHole(frame, result.hole.id) : null;
    if (!next || !result.hole) return null;
    frame = next;
    rest = result.hole.rest;
  }
  const holder = await holderOf(frame, mark);
  if (!holder) return null;
  const locator = holder.locator(`[${TARGET}="${mark}"]`);
  const release = async (): Promise<void> => {
    const released = locator.evaluateAll((elements, name) => {
      for (const element of elements) element.removeAttribute(name);
    }, TARGET);
    await within(RELEASE_MS, released).catch(() => undefined);
  };
  return { frame: holder, locator, release };
}

/** A frame of the same origin is reached from its parent's script, but its elements are only found in itself. */
async function holderOf(frame: Frame, mark: string): Promise<Frame | null> {
  if ((await frame.locator(`[${TARGET}="${mark}"]`).count()) > 0) return frame;
  for (const child of frame.childFrames()) {
    const holder = await holderOf(child, mark).catch(() => null);
    if (holder) return holder;
  }
  return null;
}

async function childWithHole(frame: Frame, id: number): Promise<Frame | null> {
  for (const child of frame.childFrames()) if ((await holeOf(child)) === id) return child;
  return null;
}
