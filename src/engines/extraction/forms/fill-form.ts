import type { FormStep, StepRole } from "../pagination/pagination.ts";
import type { FormControl, FormShape } from "./found-form.ts";

export interface FillOptions {
  /** The button that is pressed. Left out: the first one, as when Enter is pressed. Null: a script sends the form. */
  readonly submitter?: FormControl | null;
  readonly role?: StepRole;
  readonly label?: string;
  readonly page?: number;
}

/** New values by name. A list sets several boxes or choices of one name. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

type Entry = readonly [name: string, value: string];

const BUTTONS = new Set(["submit", "image", "button", "reset"]);

/**
 * The step that sends a form with these values, as a browser would: every successful control in document order
 * ("constructing the entry list" of the HTML standard), the pressed button among them, and names that the form
 * lacks at the end.
 */
export function fillForm(form: FormShape, values: FormValues = {}, options: FillOptions = {}): FormStep {
  const submitter = options.submitter === undefined ? defaultButton(form) : options.submitter;
  const wanted = new Map(Object.entries(values));
  const entries = form.fields.flatMap((field) => entriesOf(field, wanted.get(field.name), field === submitter));
  const named = new Set(form.fields.map(({ name }) => name));
  const added = [...wanted].filter(([name]) => !named.has(name)).flatMap(([name, value]) => pairs(name, value));
  return {
    kind: "form",
    url: submitter?.formAction ?? form.action,
    method: submitter?.formMethod ?? form.method,
    fields: [...entries, ...added],
    role: options.role ?? "submit",
    label: options.label ?? submitter?.label ?? "",
    ...(options.page === undefined ? {} : { page: options.page }),
  };
}

export function defaultButton(form: FormShape): FormControl | null {
  return form.fields.find(({ type, disabled }) => (type === "submit" || type === "image") && !disabled) ?? null;
}

function entriesOf(field: FormControl, wanted: string | readonly string[] | undefined, isPressed: boolean): Entry[] {
  const { name, type, disabled } = field;
  if (disabled) return [];
  if (type === "image")
    return isPressed ? [...pairs(pointName(name, "x"), "1"), ...pairs(pointName(name, "y"), "1")] : [];
  if (name === "" || (BUTTONS.has(type) && !isPressed)) return [];
  if (type === "checkbox" || type === "radio") return isOn(field, wanted) ? [[name, field.value]] : [];
  if (type === "select" && wanted === undefined) return selectedOf(field).map((value): Entry => [name, value]);
  if (type === "file") return [[name, ""]];
  return pairs(name, wanted ?? field.value);
}

function isOn({ value, isChecked = false }: FormControl, wanted: string | readonly string[] | undefined): boolean {
  if (wanted === undefined) return isChecked;
  return typeof wanted === "string" ? wanted === value : wanted.includes(value);
}

/** A drop-down always has a choice: the first, unless another is marked. */
function selectedOf({ options = [], isMultiple = false }: FormControl): string[] {
  const open = options.filter(({ isDisabled }) => !isDisabled);
  const marked = open.filter(({ isSelected }) => isSelected).map(({ value }) => value);
  if (isMultiple) return marked;
  return (marked.length > 0 ? marked : open.map(({ value }) => value).slice(0, 1)).slice(-1);
}

function pointName(name: string, axis: "x" | "y"): string {
  return name === "" ? axis : `${name}.${axis}`;
}

function pairs(name: string, value: string | readonly string[]): Entry[] {
  return (typeof value === "string" ? [value] : value).map((one): Entry => [name, one]);
}
