import type { Element } from "domhandler";
import type { FormControl } from "../forms/found-form.ts";
import { formOf } from "../forms/read-form.ts";
import type { Page } from "../page/page.ts";

const BUTTON = /^(?:submit|image|button)$/;

/** Whether a button sends a form that asks its visitor for nothing: all that it says is hidden in it. */
export function isSentAsItIs(node: Element, page: Page): boolean {
  const fields = hiddenFieldsOf(node, page);
  return fields !== null && fields.length > 0;
}

/** The hidden fields that a button sends, where it sends nothing else; null where it does something else. */
export function hiddenFieldsOf(node: Element, page: Page): readonly FormControl[] | null {
  const form = node.name === "button" || node.name === "input" ? formOf(node, page) : null;
  const own = form?.shape.fields[form.controls.indexOf(node)];
  if (!form || !own || (own.type !== "submit" && own.type !== "image")) return null;
  const others = form.shape.fields.filter(({ type }) => !BUTTON.test(type));
  return others.every(({ type }) => type === "hidden") ? others : null;
}
