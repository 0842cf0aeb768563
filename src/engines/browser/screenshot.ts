import type { Frame, Page, PageScreenshotOptions as PageShot } from "playwright-core";
import { drawBox, eraseBoxes, type BoxTarget } from "./in-page/box.ts";
import { ElementNotActionable } from "./errors.ts";
import { captureFrame, holeOf } from "./page-content.ts";

export interface ScreenshotOptions {
  fullPage?: boolean;
  /** A node path of a snapshot (`/html[1]/body[1]/…`) or a CSS selector: the node gets an outline. */
  box?: string;
  type?: "png" | "jpeg";
  /** Of a JPEG, 0 to 100. */
  quality?: number;
}

/** PNG or JPEG bytes. Throws `element_not_actionable` when there is no node to draw the box around. */
export async function takeScreenshot(page: Page, options: ScreenshotOptions): Promise<Buffer> {
  const { fullPage = false, box, type = "png", quality = 80 } = options;
  const shot = { fullPage, type, ...(type === "jpeg" ? { quality } : {}), animations: "disabled" } satisfies PageShot;
  if (box === undefined) return await page.screenshot(shot);
  const frame = await drawAround(page, box);
  try {
    return await page.screenshot(shot);
  } finally {
    await frame.evaluate(eraseBoxes).catch(() => undefined);
  }
}

async function drawAround(page: Page, box: string): Promise<Frame> {
  let frame = page.mainFrame();
  let target: BoxTarget = box.startsWith("/") ? { path: box } : { selector: box };
  // Frames of other origins get their numbers while the page is captured.
  if (box.startsWith("/") && page.frames().length > 1) await captureFrame(page);
  for (;;) {
    const result = await frame.evaluate(drawBox, target);
    if (result.drawn) return frame;
    const next: Frame | null = result.hole ? await childWithHole(frame, result.hole.id) : null;
    if (!next || !result.hole) throw new ElementNotActionable("draw a box around", box);
    frame = next;
    target = { path: result.hole.rest };
  }
}

async function childWithHole(frame: Frame, id: number): Promise<Frame | null> {
  for (const child of frame.childFrames()) if ((await holeOf(child)) === id) return child;
  return null;
}
