import { findForms } from "../forms/find-forms.ts";
import { fillForm } from "../forms/fill-form.ts";
import type { FoundForm } from "../forms/found-form.ts";
import type { EntryStep } from "../entry-step.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { controlsOf } from "../pagination/control.ts";
import { onlyElement } from "../pagination/durable-selector.ts";
import type { PageStep } from "../pagination/pagination.ts";
import { controlAt } from "./control-at.ts";

/** Something typed or chosen on the way in: needs a browser. */
export type FillStep = FieldStep<"fill"> | FieldStep<"select">;

interface FieldStep<Kind extends string> {
  readonly kind: Kind;
  readonly selector: string;
  readonly value: string;
  readonly label: string;
}

/**
 * What a step of the way in means on the page as it is now: the control is found again by its selector or by what it
 * says, and a form is sent with the tokens of this page. Null where the page has nothing of the kind.
 */
export function takeEntryStep(step: EntryStep, page: Page): PageStep | FillStep | null {
  if (step.by === "scroll") return { kind: "scroll", role: "more" };
  if (step.by === "form") return formAgain(step, page);
  const { selector = "", label = "" } = step;
  const node = selector === "" ? null : onlyElement(selector, page);
  if (step.by === "fill" || step.by === "select")
    return node ? { kind: step.by, selector, value: step.value ?? "", label } : null;
  const path = node && says(node, label, page) ? nodePath(node) : pathOfLabel(label, page);
  const control = path === null ? null : controlAt(page, path, "submit");
  if (control) return step.by === "click" && node ? { kind: "click", selector, role: "submit", label } : control.step;
  return step.by === "link" && step.url !== undefined ? { kind: "link", url: step.url, role: "submit", label } : null;
}

/** The form that has all the fields that were sent, filled in the same way. */
function formAgain({ fields = [], label = "" }: EntryStep, page: Page): PageStep | null {
  const names = fields.map(([name]) => name);
  const form = findForms(page).find((one) => names.every((name) => one.fields.some((field) => field.name === name)));
  if (!form) return null;
  const submitter = form.fields.find((field) => field.label === label && /submit|image/.test(field.type));
  const chosen = fields.map(([name, value]): [string, string] => [name, choiceOf(form, name, value)]);
  return fillForm(form, Object.fromEntries(chosen), { role: "submit", label, ...(submitter ? { submitter } : {}) });
}

/** A choice may be meant by its words; the form sends its value. */
function choiceOf({ fields }: FoundForm, name: string, value: string): string {
  const options = fields.find((field) => field.name === name)?.options ?? [];
  if (options.some((option) => option.value === value)) return value;
  const said = value.trim().toLowerCase();
  return options.find(({ label }) => label.trim().toLowerCase() === said)?.value ?? value;
}

function says(node: Parameters<typeof nodePath>[0], label: string, page: Page): boolean {
  const control = controlsOf(page).find((one) => one.node === node);
  return label === "" || control === undefined || control.label.slice(0, 300) === label;
}

/** The only control that says this. */
function pathOfLabel(label: string, page: Page): string | null {
  const saying = label === "" ? [] : controlsOf(page).filter((control) => control.label.slice(0, 300) === label);
  const [only] = saying;
  return only && saying.length === 1 ? nodePath(only.node) : null;
}
