import type { Page } from "../page/page.ts";
import type { FoundForm } from "./found-form.ts";

/** The forms of a page in document order, with the type of each and the role of every field. */
export function findForms(_page: Page): FoundForm[] {
  return [];
}
