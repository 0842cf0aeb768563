import type { DomDocument } from "./dom.ts";

declare const document: DomDocument;

/** A label and where it goes, in CSS pixels of the tab. */
export interface MarkBox {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
}

/** Runs in the page: writes a label over each box, above everything that the page shows. */
export function drawMarks(boxes: readonly MarkBox[]): void {
  const layer = document.createElement("div");
  layer.setAttribute("data-gleaner-marks", "");
  layer.style.cssText = "position:fixed;inset:0;z-index:2147483647;pointer-events:none";
  for (const { x, y, width, height, label } of boxes) {
    const frame = document.createElement("div");
    frame.style.cssText = `position:fixed;left:${x}px;top:${y}px;width:${width}px;height:${height}px;outline:1px solid #d6336c`;
    const tag = document.createElement("div");
    tag.style.cssText =
      "position:absolute;left:0;top:0;font:bold 11px sans-serif;background:#d6336c;color:#fff;padding:0 2px";
    tag.textContent = label;
    frame.append(tag);
    layer.append(frame);
  }
  document.documentElement.append(layer);
}

/** Runs in the page: takes all labels away again. */
export function eraseMarks(): void {
  for (const layer of document.querySelectorAll("[data-gleaner-marks]")) layer.remove();
}
