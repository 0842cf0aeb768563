import type { FieldRole, FormField, FoundForm } from "../forms/found-form.ts";
import { findForms } from "../forms/find-forms.ts";
import { spaced, speaksOf } from "../forms/form-words.ts";
import type { Page } from "../page/page.ts";
import { dateFormatOf } from "./date-format.ts";
import { resolveDate } from "./moving-date.ts";
import type { AskedInput, InputType, SearchInput } from "./search-input.ts";

/** A field of a form that an input belongs into. */
export interface SearchField {
  readonly input: SearchInput;
  readonly control: FormField;
  /** The form says how it wants a date, or somebody did; else it is a guess. */
  readonly isFormatKnown: boolean;
}

export interface FoundSearch {
  readonly form: FoundForm;
  readonly button: FormField | null;
  readonly fields: readonly SearchField[];
}

export type SearchOutcome =
  | { readonly found: FoundSearch }
  /** No form has fields for all inputs: which are without one in the likeliest, and what its fields are called. */
  | { readonly found: null; readonly missing: readonly string[]; readonly offered: readonly string[] };

/** Forms that do something for somebody are not filled in, whatever they are asked. */
const FILLED: ReadonlySet<FoundForm["type"]> = new Set(["search", "other"]);
const PERSONAL: ReadonlySet<FieldRole> = new Set([
  "password",
  "password-confirmation",
  "otp",
  "email",
  "message",
  "file",
]);
const UNFILLED: ReadonlySet<FieldRole> = new Set(["hidden", "submit", "reset", "button", "file", "terms", "captcha"]);

/** What a field is in a search, under names that need no look at the page. */
const BY_ROLE: Readonly<Record<string, FieldRole>> = {
  from: "date-from",
  to: "date-to",
  date: "date",
  query: "query",
  words: "query",
};

/** The form of a page that has a field for each input; of several the one that is most of a search. */
export function findSearch(page: Page, asked: readonly AskedInput[]): SearchOutcome {
  const forms = findForms(page)
    .filter(({ type, fields }) => FILLED.has(type) && !fields.some(({ role }) => PERSONAL.has(role)))
    .toSorted((a, b) => sureness(b) - sureness(a));
  const tried = forms.map((form) => ({ form, fields: asked.map((input) => fieldFor(input, form)) }));
  const whole = tried.find(({ fields }) => new Set(fields).size === asked.length && !fields.includes(null));
  if (whole) {
    const { form, fields } = whole;
    const found = fields.flatMap((control, at) => {
      const input = asked[at];
      return control && input ? [searchField(input, control, page)] : [];
    });
    return { found: { form, button: buttonOf(form), fields: found } };
  }
  const best = tried.toSorted((a, b) => missingIn(a.fields) - missingIn(b.fields))[0];
  const missing = asked.filter((_, at) => !best?.fields[at]).map(({ name }) => name);
  const fields = best?.form.fields.filter(({ role }) => !UNFILLED.has(role)) ?? [];
  return { found: null, missing, offered: fields.map((field) => ownLabel(field) || field.name) };
}

function sureness({ type, confidence }: FoundForm): number {
  return type === "search" ? 1 + confidence : 0;
}

function missingIn(fields: readonly (FormField | null)[]): number {
  return fields.filter((field) => field === null).length;
}

function fieldFor({ name }: AskedInput, { fields }: FoundForm): FormField | null {
  const open = fields.filter(({ role, disabled }) => !UNFILLED.has(role) && !disabled);
  const wanted = plain(name);
  const role = BY_ROLE[wanted];
  const only = (found: readonly FormField[]): FormField | undefined => (found.length === 1 ? found[0] : undefined);
  return (
    open.find((field) => field.name.toLowerCase() === name.trim().toLowerCase()) ??
    open.find((field) => plain(ownLabel(field)) === wanted) ??
    open.find((field) => role !== undefined && field.role === role) ??
    only(
      open.filter(
        (field) => isEnd(wanted) && isTyped(field) && speaksOf(wanted, spaced(`${field.name} ${field.label}`)),
      ),
    ) ??
    only(open.filter((field) => wanted.length > 2 && plain(ownLabel(field)).includes(wanted))) ??
    null
  );
}

function searchField({ name, value, type, format }: AskedInput, control: FormField, page: Page): SearchField {
  const seen = format ?? dateFormatOf(control, page);
  const kind: InputType = type ?? typeOf(control, seen !== null || isDate(value));
  const known = kind === "date" ? seen : null;
  const input = { name, type: kind, value, ...(known === null ? {} : { format: known }) };
  return { input, control, isFormatKnown: known !== null || kind !== "date" };
}

function typeOf({ type, role }: FormField, isDated: boolean): InputType {
  if (type === "select") return "select";
  return role.startsWith("date") || isDated ? "date" : "text";
}

/** Somebody who says `today-30d` means a day. */
function isDate(value: string): boolean {
  return resolveDate(value, "2000-01-01") !== null;
}

/** The two ends of a period. */
function isEnd(name: string): name is "from" | "to" {
  return name === "from" || name === "to";
}

function isTyped({ type }: FormField): boolean {
  return type === "text" || type.startsWith("date");
}

/** The one that searches; else the first, as when Enter is pressed. */
function buttonOf({ fields }: FoundForm): FormField | null {
  const buttons = fields.filter(({ role, disabled }) => role === "submit" && !disabled);
  return buttons.find(({ label, name }) => speaksOf("search", spaced(`${label} ${name}`))) ?? buttons[0] ?? null;
}

/** A label that stands around its drop-down has the words of all choices in it. */
function ownLabel({ label, options = [] }: FormField): string {
  const choices = options.map((option) => option.label).join(" ");
  return choices !== "" && label.includes(choices) ? label.replace(choices, "").trim() : label;
}

function plain(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
