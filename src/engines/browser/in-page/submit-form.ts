import type { DomElement } from "./dom.ts";

/** Runs in the page: sends the form that is, owns or holds the element, with its validation and its submit event. */
export function submitForm(element: DomElement): void {
  const form = element.localName === "form" ? element : (element.form ?? element.closest("form"));
  form?.requestSubmit?.();
}
