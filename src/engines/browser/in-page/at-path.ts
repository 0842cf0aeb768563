import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;

/** The attribute by which an element that was found by its path is taken hold of. */
export const TARGET = "data-gleaner-target";

/** `hole` leads into a frame of another origin, where `rest` goes on. */
export type PathResult = { found: true } | { found: false; hole?: { id: number; rest: string } };

/**
 * Runs in the page: finds the node of a snapshot's path and gives it an attribute. In such paths a shadow root is the first
 * `div` of its host and a frame is a `div` in place of itself. A shadow root stands for its host.
 */
export function markAtPath({ path, name, mark }: { path: string; name: string; mark: string }): PathResult {
  const nth = (parent: DomElement, tag: string, position: number): DomElement | null => {
    let seen = 0;
    if (parent.shadowRoot && tag === "div" && (seen += 1) === position) return parent.shadowRoot;
    for (let at = 0; at < parent.children.length; at += 1) {
      const child = parent.children[at];
      const isFrame = child?.localName === "iframe" || child?.localName === "frame";
      if (child && (isFrame ? "div" : child.localName) === tag && (seen += 1) === position) return child;
    }
    return null;
  };
  const steps = path.split("/").filter((step) => /^[^@()]+\[\d+\]$/.test(step));
  let current: DomElement = document;
  let last: DomElement | null = null;
  for (let at = 0; at < steps.length; at += 1) {
    const [, tag = "", position = "0"] = /^(.+)\[(\d+)\]$/.exec(steps[at] ?? "") ?? [];
    const next = nth(current, tag, Number(position));
    if (!next) return { found: false };
    if (next.nodeType === 1) last = next;
    current = next;
    if ((current.localName !== "iframe" && current.localName !== "frame") || at === steps.length - 1) continue;
    const inside = current.contentDocument ?? null;
    if (!inside) {
      const id = current[Symbol.for("gleaner.hole")];
      const rest = `/html[1]/body[1]/${steps.slice(at + 1).join("/")}`;
      return typeof id === "number" ? { found: false, hole: { id, rest } } : { found: false };
    }
    if (!inside.body) return { found: false };
    current = inside.body;
  }
  // A shadow root has no attributes; its host, the element before it on the way, has.
  if (!last) return { found: false };
  last.setAttribute(name, mark);
  return { found: true };
}
