import type { Page } from "../page/page.ts";
import type { PageStep } from "../pagination/pagination.ts";
import { fillForm } from "./fill-form.ts";
import { findForms } from "./find-forms.ts";
import { isAccepting } from "./form-type.ts";

/** Accepts the notice that stands before the content: ticks its boxes and presses the button that goes on. Null without one. */
export function consentStep(page: Page): PageStep | null {
  const form = findForms(page).find(({ type }) => type === "consent");
  if (!form) return null;
  const buttons = form.fields.filter(({ role, disabled }) => role === "submit" && !disabled);
  const submitter =
    buttons.find((button) => isAccepting(button) && !/\b(?:not|decline|disagree|nicht)\b/i.test(button.label)) ?? null;
  const ticked = form.fields.filter(({ role, name }) => role === "terms" && name !== "");
  const values = Object.fromEntries(
    ticked.filter(({ type }) => type === "checkbox").map(({ name, value }) => [name, value]),
  );
  return fillForm(form, values, { submitter, role: "consent" });
}
