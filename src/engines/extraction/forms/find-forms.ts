import type { Page } from "../page/page.ts";
import { fieldRole } from "./field-role.ts";
import { formType } from "./form-type.ts";
import type { FoundForm } from "./found-form.ts";
import { readForms } from "./read-form.ts";

const FOUND = new WeakMap<Page, readonly FoundForm[]>();

/** The forms of a page in document order, with the type of each and the role of every field. */
export function findForms(page: Page): readonly FoundForm[] {
  const known = FOUND.get(page);
  if (known) return known;
  const found = readForms(page).map((form): FoundForm => {
    const { type, confidence } = formType(form);
    const firstPassword = form.shape.fields.findIndex((field) => field.type === "password");
    const fields = form.shape.fields.map((field, at) => {
      const isAfterPassword = firstPassword >= 0 && at > firstPassword;
      return { ...field, role: fieldRole(field, type, isAfterPassword) };
    });
    return { ...form.shape, fields, type, confidence };
  });
  FOUND.set(page, found);
  return found;
}
