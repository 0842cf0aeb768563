import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare const getComputedStyle: (element: DomElement) => {
  position: string;
  visibility: string;
  display: string;
  zIndex: string;
  opacity: string;
};

/** Lists of words, joined with "|", as regular expression sources: they must cross into the page as text. */
export interface DialogWords {
  subject: string;
  reject: string;
  close: string;
  accept: string;
  leaveAlone: string;
}

export interface Dismissal {
  how: "reject" | "close" | "accept";
  label: string;
}

/** Runs in the page: presses the best button of the topmost dialog that is about cookies, consent or newsletters. */
export function dismissOne(words: DialogWords): Dismissal | null {
  const about = new RegExp(words.subject, "i");
  const leaveAlone = new RegExp(words.leaveAlone, "i");
  const rules: [Dismissal["how"], RegExp][] = [
    ["reject", new RegExp(words.reject, "i")],
    ["close", new RegExp(words.close, "i")],
    ["accept", new RegExp(words.accept, "i")],
  ];
  const NAMED =
    "dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true],[id*=cookie i],[class*=cookie i],[id*=consent i],[class*=consent i]," +
    "[id*=gdpr i],[class*=gdpr i],[id*=newsletter i],[class*=newsletter i],[class*=modal i],[class*=popup i],[id*=popup i],[class*=overlay i],[class*=banner i]";

  const isShown = (element: DomElement): boolean => {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return (
      width > 0 && height > 0 && style.visibility !== "hidden" && style.display !== "none" && style.opacity !== "0"
    );
  };
  const floats = (element: DomElement): boolean => {
    for (let at: DomElement | null = element; at; at = at.parentElement ?? at.parentNode?.host ?? null) {
      if (at.localName === "dialog" || at.getAttribute("aria-modal") === "true") return true;
      const { position, zIndex } = getComputedStyle(at);
      if (position === "fixed" || position === "sticky" || (position === "absolute" && Number(zIndex) > 10))
        return true;
    }
    return false;
  };
  const labelOf = (button: DomElement): string => {
    const label =
      `${button.innerText ?? ""}`.trim() || button.getAttribute("aria-label") || button.getAttribute("title") || "";
    return (label || button.value || "").replace(/\s+/g, " ").trim();
  };
  const everywhere = (root: DomElement, selector: string): DomElement[] => {
    const found = Array.from(root.querySelectorAll(selector));
    for (const host of root.querySelectorAll("*"))
      if (host.shadowRoot) found.push(...everywhere(host.shadowRoot, selector));
    return found;
  };
  const isDialog = (element: DomElement): boolean => {
    if (element.localName === "body" || element.localName === "html" || !isShown(element)) return false;
    const text = (element.innerText ?? "").slice(0, 4000);
    const name = `${element.getAttribute("id") ?? ""} ${element.getAttribute("class") ?? ""}`;
    if (!about.test(text) && !/cookie|consent|gdpr|newsletter/i.test(name)) return false;
    // A sign-in or a challenge needs a person; a box with a password in it is never ours to press.
    return !leaveAlone.test(text) && element.querySelector("input[type=password]") === null && floats(element);
  };

  const BUTTON = "button,a,[role=button],input[type=button],input[type=submit]";
  // Innermost first: an outer overlay may hold buttons that are not the dialog's.
  const dialogs = everywhere(document, NAMED).filter(isDialog).reverse();
  for (const dialog of dialogs) {
    const buttons = everywhere(dialog, BUTTON).filter((each) => isShown(each) && each.disabled !== true);
    for (const [how, pattern] of rules) {
      for (const button of buttons) {
        const label = labelOf(button);
        if (label.length > 60 || !pattern.test(label)) continue;
        const href = button.localName === "a" ? (button.getAttribute("href") ?? "") : "";
        if (href !== "" && !href.startsWith("#") && !href.startsWith("javascript:")) continue;
        // Later, because pressing it may take the frame away in which this runs.
        setTimeout(() => button.click(), 0);
        return { how, label };
      }
    }
  }
  return null;
}
