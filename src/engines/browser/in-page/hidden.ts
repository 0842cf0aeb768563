import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare const getComputedStyle: (element: DomElement) => { display: string };

/** Elements that are not drawn, as paths of a snapshot, each the outermost; and where frames of other origins stand. */
export interface HiddenElements {
  paths: string[];
  holes: { id: number; path: string }[];
}

/** Runs in the page. Shadow roots and frames of the same origin are looked into as `captureSource` shows them. */
export function hiddenElements(): HiddenElements {
  const SEEN = { visibilityProperty: true, opacityProperty: true };
  const mayBeHidden = (name: string): boolean => name !== "option" && name !== "slot";
  const found: HiddenElements = { paths: [], holes: [] };
  const open: { node: DomElement; path: string }[] = [{ node: document, path: "" }];
  for (let top = open.pop(); top; top = open.pop()) {
    const { node, path } = top;
    const counts = new Map<string, number>();
    const next = (name: string): string => {
      const position = (counts.get(name) ?? 0) + 1;
      counts.set(name, position);
      return `${path}/${name}[${position}]`;
    };
    if (node.shadowRoot) open.push({ node: node.shadowRoot, path: next("div") });
    for (let at = 0; at < node.children.length; at += 1) {
      const child = node.children[at];
      if (!child) continue;
      const isFrame = child.localName === "iframe" || child.localName === "frame";
      const childPath = next(isFrame ? "div" : child.localName);
      // Nobody expects to see the head of a page.
      if (child.localName === "head") continue;
      if (!mayBeHidden(child.localName) || child.checkVisibility()) {
        // Transparent or not drawn itself, it may still show what is inside it.
        if (child.children.length === 0 && !child.checkVisibility(SEEN)) found.paths.push(childPath);
      } else if (getComputedStyle(child).display !== "contents") {
        found.paths.push(childPath);
        continue;
      }
      if (!isFrame) open.push({ node: child, path: childPath });
      else if (child.contentDocument?.body) open.push({ node: child.contentDocument.body, path: childPath });
      else {
        const id = child[Symbol.for("gleaner.hole")];
        if (typeof id === "number") found.holes.push({ id, path: childPath });
      }
    }
  }
  return found;
}
