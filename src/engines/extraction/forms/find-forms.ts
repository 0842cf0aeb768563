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
    const fields = form.shape.fields.map((field, at, all) => ({
      ...field,
      role: fieldRole(field, type, all.slice(0, at)),
    }));
    return { ...form.shape, fields, type, confidence };
  });
  FOUND.set(page, found);
  return found;
}
