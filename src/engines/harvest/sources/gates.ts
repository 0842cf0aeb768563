import {
  classifyPage,
  findForms,
  type FormField,
  type FormStep,
  type FoundForm,
  type LinkStep,
  type Page,
} from "#engines/extraction";
import { textContent } from "domutils";
import { linksOf } from "./page-elements.ts";

const ACCEPTS =
  /\b(i (accept|agree|understand|acknowledge|consent)|accept|agree|continue|proceed|enter|yes|ok(ay)?)\b/i;
const REFUSES = /\b(not|don't|decline|disagree|refuse|reject|cancel|no|leave|exit|back)\b/i;

/**
 * The step that accepts the notice (terms, disclaimer, cookies) a page shows instead of its content; null where the
 * page shows no such notice. Boxes that say so are ticked, the button that accepts is pressed.
 */
export function consentStep(page: Page): FormStep | LinkStep | null {
  const form = findForms(page).find(({ type }) => type === "consent");
  const isNotice = form !== undefined || classifyPage(page, { listedRecords: 0 }).kind === "consent";
  if (!isNotice) return null;
  return (form && sendForm(form)) ?? acceptingForm(page) ?? acceptingLink(page);
}

function acceptingForm(page: Page): FormStep | null {
  const form = findForms(page).find(({ type, fields }) => type === "other" && fields.some(isAccepting));
  return form ? sendForm(form) : null;
}

function sendForm(form: FoundForm): FormStep {
  const buttons = form.fields.filter(isButton);
  const button = buttons.find(isAccepting) ?? (buttons.length === 1 ? buttons[0] : undefined);
  const fields: [string, string][] = [];
  for (const field of form.fields) {
    if (field.name === "" || field.disabled) continue;
    if (field === button) fields.push(...pressed(field));
    else if (!isButton(field) && isSent(field)) fields.push([field.name, field.value || (isBox(field) ? "on" : "")]);
  }
  return { kind: "form", url: form.action, method: form.method, fields, role: "consent", label: button?.label ?? "" };
}

/** An image button sends where it was pressed. */
function pressed({ name, type, value }: FormField): [string, string][] {
  return type === "image"
    ? [
        [`${name}.x`, "1"],
        [`${name}.y`, "1"],
      ]
    : [[name, value]];
}

function isButton({ type }: FormField): boolean {
  return type === "submit" || type === "image" || type === "button";
}

function isBox({ type }: FormField): boolean {
  return type === "checkbox" || type === "radio";
}

function isSent(field: FormField): boolean {
  if (!isBox(field)) return field.type !== "file" && field.type !== "reset";
  return field.role === "terms" || (ACCEPTS.test(field.label) && !REFUSES.test(field.label));
}

function isAccepting(field: FormField): boolean {
  const label = field.label || field.value;
  return isButton(field) && ACCEPTS.test(label) && !REFUSES.test(label);
}

function acceptingLink(page: Page): LinkStep | null {
  for (const { url, element } of linksOf(page)) {
    const label = textContent(element).replace(/\s+/g, " ").trim();
    if (label.length <= 60 && ACCEPTS.test(label) && !REFUSES.test(label))
      return { kind: "link", url, role: "consent", label };
  }
  return null;
}
