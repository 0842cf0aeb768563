import type { ElementHandle, Frame, Page } from "playwright-core";
import { within } from "#kernel";
import { captureSource, type Capture } from "./in-page/capture.ts";

/** A page as it was rendered at one moment. */
export interface Snapshot {
  /**
   * The rendered document. Open shadow roots stand in `<div data-gleaner-shadow>` as first child of their host, frames of any
   * origin in `<div data-gleaner-frame="URL">` in place of the frame; links inside resolve against that URL.
   */
  html: string;
  url: string;
  title: string;
  capturedAt: Date;
  /** Requests of the page's scripts for data that were not answered well, or not yet: something may be missing. */
  unanswered: number;
}

const CAPTURE = captureSource();
const MAX_FRAME_DEPTH = 4;
const FRAME_TIMEOUT_MS = 3_000;

/** One call into the page, plus one per frame of another origin. */
export async function captureFrame(frame: Frame | Page, depth = 0): Promise<Capture> {
  const captured = await frame.evaluate<Capture>(CAPTURE);
  if (captured.holes === 0 || depth >= MAX_FRAME_DEPTH) return captured;
  const parent = "mainFrame" in frame ? frame.mainFrame() : frame;
  const filled = new Map<number, Capture>();
  await Promise.all(
    parent.childFrames().map(async (child) => {
      const hole = await holeOf(child);
      // A frame that hangs or goes away is left out; it must not hold up the page.
      const captured = () => captureFrame(child, depth + 1).catch(() => null);
      const inside = hole === null ? null : await within(FRAME_TIMEOUT_MS, captured());
      if (hole !== null && inside !== null) filled.set(hole, inside);
    }),
  );
  return { ...captured, html: fill(captured.html, filled), inner: fill(captured.inner, filled) };
}

/** The number that `capture` gave to the element of a frame. */
export async function holeOf(frame: Frame): Promise<number | null> {
  let element: ElementHandle | null = null;
  try {
    element = await frame.frameElement();
    const hole = await element.evaluate((node) => Reflect.get(node, Symbol.for("gleaner.hole")));
    return typeof hole === "number" ? hole : null;
  } catch {
    return null;
  } finally {
    await element?.dispose().catch(() => undefined);
  }
}

function fill(html: string, filled: ReadonlyMap<number, Capture>): string {
  return html.replace(
    /<div data-gleaner-frame="[^"]*" data-gleaner-hole="(\d+)"><\/div>/g,
    (whole: string, number: string) => {
      const inside = filled.get(Number(number));
      if (!inside) return whole.replace(/ data-gleaner-hole="\d+"/, "");
      const url = inside.baseUrl.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      return `<div data-gleaner-frame="${url}">${inside.inner}</div>`;
    },
  );
}
