import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;

export type BoxTarget = { path: string } | { selector: string };

/** `hole` leads into a frame of another origin, where `rest` goes on. */
export type BoxResult = { drawn: true } | { drawn: false; hole?: { id: number; rest: string } };

/**
 * Runs in the page: draws an outline around a node and brings it into view. Paths are those of a snapshot, so a shadow root is
 * the first `div` of its host and a frame is a `div` in place of itself.
 */
export function drawBox(target: BoxTarget): BoxResult {
  const nth = (parent: DomElement, name: string, position: number): DomElement | null => {
    let seen = 0;
    if (parent.shadowRoot && name === "div" && (seen += 1) === position) return parent.shadowRoot;
    for (let at = 0; at < parent.children.length; at += 1) {
      const child = parent.children[at];
      const isFrame = child?.localName === "iframe" || child?.localName === "frame";
      if (child && (isFrame ? "div" : child.localName) === name && (seen += 1) === position) return child;
    }
    return null;
  };
  const draw = (element: DomElement): BoxResult => {
    element.setAttribute("data-gleaner-box", element.style.cssText);
    element.style.setProperty("outline", "3px solid #d6336c", "important");
    element.style.setProperty("outline-offset", "2px", "important");
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    return { drawn: true };
  };
  if ("selector" in target) {
    const found = document.querySelector(target.selector);
    return found ? draw(found) : { drawn: false };
  }
  const steps = target.path.split("/").filter((step) => /^[^@()]+\[\d+\]$/.test(step));
  let current: DomElement = document;
  for (let at = 0; at < steps.length; at += 1) {
    const [, name = "", position = "0"] = /^(.+)\[(\d+)\]$/.exec(steps[at] ?? "") ?? [];
    const next = nth(current, name, Number(position));
    if (!next) return { drawn: false };
    current = next;
    if ((current.localName !== "iframe" && current.localName !== "frame") || at === steps.length - 1) continue;
    const inside = current.contentDocument ?? null;
    if (!inside) {
      const id = current[Symbol.for("gleaner.hole")];
      const rest = `/html[1]/body[1]/${steps.slice(at + 1).join("/")}`;
      return typeof id === "number" ? { drawn: false, hole: { id, rest } } : { drawn: false };
    }
    if (!inside.body) return { drawn: false };
    current = inside.body;
  }
  // A shadow root has no box of its own; its host has.
  const host =
    current.nodeType === 1
      ? current
      : Array.from(document.querySelectorAll("*")).find((each) => each.shadowRoot === current);
  return host ? draw(host) : { drawn: false };
}

/** Runs in the page: takes all outlines away again. */
export function eraseBoxes(): void {
  const erase = (doc: DomDocument): void => {
    const visit = (root: DomElement): void => {
      for (const element of root.querySelectorAll("*")) {
        const before = element.getAttribute("data-gleaner-box");
        if (before !== null) {
          element.removeAttribute("data-gleaner-box");
          element.style.cssText = before;
          // Reading the attribute first: Chromium writes it down lazily, and would do so after its removal.
          if (before === "" && element.getAttribute("style") !== null) element.removeAttribute("style");
        }
        if (element.shadowRoot) visit(element.shadowRoot);
        if ((element.localName === "iframe" || element.localName === "frame") && element.contentDocument)
          erase(element.contentDocument);
      }
    };
    visit(doc);
  };
  erase(document);
}
