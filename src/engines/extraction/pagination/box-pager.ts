import type { Element } from "domhandler";
import { fillForm } from "../forms/fill-form.ts";
import type { FormControl } from "../forms/found-form.ts";
import { readForms, type ReadForm } from "../forms/read-form.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { parentOf } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { pagesBeside } from "./declared-counts.ts";
import type { DeclaredTotal } from "./pagination.ts";
import { readPostBack } from "./post-back.ts";
import type { SelectPager } from "./select-pager.ts";

/** A box into which a person writes the number of a page, with what stands beside it: "Page [2] of 6". */
export interface BoxPager extends SelectPager {
  readonly declared: DeclaredTotal;
}

const MAX_CLIMB = 3;
const MAX_TEXT = 120;

/** Finds such a box. It leads to the page after the one whose number stands in it. */
export function boxPager(page: Page): BoxPager | null {
  for (const form of readForms(page))
    for (const [at, field] of form.shape.fields.entries()) {
      const node = form.controls[at];
      const pager = node && isCounting(field) ? readBox(field, node, form, page) : null;
      if (pager) return pager;
    }
  return null;
}

function isCounting({ type, value, disabled }: FormControl): boolean {
  return (type === "text" || type === "number" || type === "") && !disabled && /^\s*[1-9]\d{0,4}\s*$/.test(value);
}

function readBox(field: FormControl, node: Element, form: ReadForm, page: Page): BoxPager | null {
  const current = Number(field.value);
  const told = pagesToldAround(node, page);
  if (!told || told.pages < current) return null;
  const declared = { page: current, pages: told.pages, quote: told.quote, path: nodePath(told.node) };
  if (current === told.pages) return { current, pages: [], path: field.path, declared };
  const event = readPostBack({ script: node.attribs["onchange"] ?? "" });
  const postBack = event ? { __EVENTTARGET: event.target, __EVENTARGUMENT: event.argument } : {};
  const next = String(current + 1);
  const step = fillForm(
    form.shape,
    { [field.name]: next, ...postBack },
    { submitter: event ? null : buttonAfter(field, form), role: "page", label: next, page: current + 1 },
  );
  return { current, pages: [step], path: field.path, declared };
}

/** What is written is no text of the page: beside the box stands "Page … of 6". */
function pagesToldAround(node: Element, page: Page): { pages: number; quote: string; node: Element } | null {
  const outline = outlineOf(page);
  let around = parentOf(node);
  for (let climbed = 0; around && climbed < MAX_CLIMB; climbed += 1) {
    const text = outline.textOf(around);
    if (text.length > MAX_TEXT) return null;
    const told = pagesBeside(text);
    if (told) return { ...told, node: around };
    around = parentOf(around);
  }
  return null;
}

/** The button behind the box; where there is none, the form is sent as by Enter. */
function buttonAfter(box: FormControl, { shape }: ReadForm): FormControl | null {
  const behind = shape.fields.slice(shape.fields.indexOf(box) + 1);
  return behind.find(({ type, disabled }) => (type === "submit" || type === "image") && !disabled) ?? null;
}
