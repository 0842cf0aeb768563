import type { DomDocument, DomElement } from "./dom.ts";

declare const document: DomDocument;
declare const location: { href: string; origin: string };

/** Where what is typed into a field would be sent, as the page says now. */
export interface FormTarget {
  /** Of the document that the field stands in. */
  readonly origin: string;
  /** Absolute addresses of the form and of its buttons; empty without a form. */
  readonly actions: readonly string[];
}

/** Runs in the page. Reads attributes: a control that is named `action` hides the property of that name. */
export function formTarget(element: DomElement): FormTarget {
  const form = element.form ?? element.closest("form");
  const written: string[] = [];
  if (form) {
    written.push(form.getAttribute("action") ?? "");
    for (const button of Array.from(form.querySelectorAll("[formaction]")))
      written.push(button.getAttribute("formaction") ?? "");
  }
  const actions = written.map((action) => (action === "" ? location.href : new URL(action, document.baseURI).href));
  return { origin: location.origin, actions };
}
