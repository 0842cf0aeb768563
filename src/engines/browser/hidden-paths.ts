import type { Frame, Page } from "playwright-core";
import { hiddenElements } from "./in-page/hidden.ts";
import { captureFrame, holeOf } from "./page-content.ts";

const BODY = /^\/html\[1\]\/body\[1\]/;

/** Paths, as in a snapshot, of elements that are not drawn; each the outermost of its branch. */
export async function hiddenPaths(page: Page): Promise<Set<string>> {
  // Frames of other origins get their numbers while the page is captured.
  if (page.frames().length > 1) await captureFrame(page);
  const hidden = new Set<string>();
  await collect(page.mainFrame(), "", hidden);
  return hidden;
}

async function collect(frame: Frame, prefix: string, hidden: Set<string>): Promise<void> {
  const { paths, holes } = await frame.evaluate(hiddenElements);
  const place = (path: string): string => (prefix === "" ? path : path.replace(BODY, prefix));
  for (const path of paths) hidden.add(place(path));
  for (const child of holes.length > 0 ? frame.childFrames() : []) {
    const hole = await holeOf(child);
    const at = holes.find(({ id }) => id === hole);
    // A frame that goes away while it is looked at has nothing hidden.
    if (at) await collect(child, place(at.path), hidden).catch(() => undefined);
  }
}
