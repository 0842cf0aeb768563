import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;

/** Runs in the page: draws an outline around an element and brings it into view. */
export function drawBox(element: DomElement): void {
  element.setAttribute("data-gleaner-box", element.style.cssText);
  element.style.setProperty("outline", "3px solid #d6336c", "important");
  element.style.setProperty("outline-offset", "2px", "important");
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
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
