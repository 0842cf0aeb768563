import type { Page, PageScreenshotOptions as PageShot } from "playwright-core";
import { elementAtPath } from "./element-at-path.ts";
import { drawBox, eraseBoxes } from "./in-page/box.ts";
import { drawMarks, eraseMarks, type MarkBox } from "./in-page/marks.ts";
import { ElementNotActionable } from "./errors.ts";

export interface ScreenshotOptions {
  fullPage?: boolean;
  /** A node path of a snapshot (`/html[1]/body[1]/…`) or a CSS selector: the node gets an outline. */
  box?: string;
  /** Labels to write over nodes of a snapshot, so that a picture and an outline can be read together. */
  marks?: readonly { readonly path: string; readonly label: string }[];
  type?: "png" | "jpeg";
  /** Of a JPEG, 0 to 100. */
  quality?: number;
  /** A wider tab is drawn smaller. Not for `fullPage`. */
  maxWidth?: number;
}

/** PNG or JPEG bytes. Throws `element_not_actionable` when there is no node to draw the box around. */
export async function takeScreenshot(page: Page, options: ScreenshotOptions): Promise<Buffer> {
  const { fullPage = false, box, type = "png", quality = 80 } = options;
  const whole = { fullPage, type, ...(type === "jpeg" ? { quality } : {}), animations: "disabled" } satisfies PageShot;
  const { maxWidth = Infinity, marks = [] } = options;
  const isWide = !fullPage && (page.viewportSize()?.width ?? 0) > maxWidth;
  const shoot = () => (isWide ? shootSmaller(page, { type, quality, maxWidth }) : page.screenshot(whole));
  if (box !== undefined) return await withBox(page, box, shoot);
  return marks.length === 0 ? await shoot() : await withMarks(page, marks, shoot);
}

/** The browser draws it smaller itself, which is cheaper than making it smaller afterwards. */
async function shootSmaller(
  page: Page,
  { type, quality, maxWidth }: { type: "png" | "jpeg"; quality: number; maxWidth: number },
): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  try {
    const { cssVisualViewport: seen } = await session.send("Page.getLayoutMetrics");
    const { pageX: x, pageY: y, clientWidth: width, clientHeight: height } = seen;
    const { data } = await session.send("Page.captureScreenshot", {
      format: type,
      ...(type === "jpeg" ? { quality } : {}),
      clip: { x, y, width, height, scale: maxWidth / width },
    });
    return Buffer.from(data, "base64");
  } finally {
    await session.detach().catch(() => undefined);
  }
}

async function withBox(page: Page, box: string, shoot: () => Promise<Buffer>): Promise<Buffer> {
  const target = box.startsWith("/") ? await elementAtPath(page, box) : null;
  const element = target?.locator ?? page.locator(box).first();
  if (box.startsWith("/") ? !target : (await element.count()) === 0)
    throw new ElementNotActionable("draw a box around", box);
  const frame = target?.frame ?? page.mainFrame();
  try {
    await element.evaluate(drawBox);
    await target?.release();
    return await shoot();
  } finally {
    await frame.evaluate(eraseBoxes).catch(() => undefined);
  }
}

/** Writes labels over elements, at the places where they are drawn now; what is out of view has none. */
async function withMarks(
  page: Page,
  marks: NonNullable<ScreenshotOptions["marks"]>,
  shoot: () => Promise<Buffer>,
): Promise<Buffer> {
  const boxes: MarkBox[] = [];
  for (const { path, label } of marks) {
    const target = await elementAtPath(page, path);
    // In coordinates of the tab, also for what stands in a frame.
    const box = await target?.locator.boundingBox({ timeout: 500 }).catch(() => null);
    await target?.release();
    if (box) boxes.push({ ...box, label });
  }
  await page.evaluate(drawMarks, boxes);
  try {
    return await shoot();
  } finally {
    await page.evaluate(eraseMarks).catch(() => undefined);
  }
}
