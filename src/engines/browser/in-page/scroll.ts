import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare function requestAnimationFrame(onFrame: () => void): number;
declare function setTimeout(onTime: () => void, delayMs: number): number;

/**
 * Runs in the page: scrolls the window, and the largest box that scrolls by itself, to the end, a view at a time as a reader
 * would: what waits to come into view is not leapt over. It stops early where lines go away as others come: such a list
 * shows only what is in view, and each view has to be read.
 */
export async function scrollOn(): Promise<void> {
  const MOST_VIEWS = 60;
  const VIEWS_BACK = 3;
  const LONGEST_FRAME_MS = 100;
  const LOST_LINES = 5;
  const LOST_PART = 0.2;
  const page = document.scrollingElement;
  let largest: DomElement | null = null;
  for (const box of document.querySelectorAll("div,main,section,ul,tbody,table")) {
    if (box.scrollHeight - box.clientHeight < 100 || box.clientHeight < 150) continue;
    if (!largest || box.clientHeight > largest.clientHeight) largest = box;
  }
  const boxes = [page, largest].filter((box) => box !== null);
  const linesNow = (): string[] => (document.body?.innerText ?? "").split("\n").filter((line) => line.trim() !== "");
  // A tab that nobody sees draws no frames.
  const frame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => resolve());
      setTimeout(resolve, LONGEST_FRAME_MS);
    });
  const loses = (before: readonly string[]): boolean => {
    const kept = new Set(linesNow());
    const lost = before.filter((line) => !kept.has(line)).length;
    return lost >= LOST_LINES && lost >= before.length * LOST_PART;
  };
  const isAtEnd = (box: DomElement): boolean => box.scrollHeight - box.clientHeight - box.scrollTop < 2;
  if (boxes.every(isAtEnd)) {
    // What came was put in above what is shown, as above a tall footer: the end of the list has to come into view again.
    for (const box of boxes) box.scrollTop -= box.clientHeight * VIEWS_BACK;
    await frame();
    await frame();
  }
  for (let view = 0; view < MOST_VIEWS; view += 1) {
    const before = linesNow();
    let moved = false;
    for (const box of boxes) {
      const from = box.scrollTop;
      box.scrollTop = from + box.clientHeight * 0.9;
      moved ||= box.scrollTop > from;
    }
    if (!moved) return;
    await frame();
    await frame();
    if (loses(before)) return;
  }
  for (const box of boxes) box.scrollTop = box.scrollHeight;
}
