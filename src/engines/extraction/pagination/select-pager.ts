import type { Element } from "domhandler";
import { fillForm } from "../forms/fill-form.ts";
import type { FieldOption, FormControl } from "../forms/found-form.ts";
import { readForms, type ReadForm } from "../forms/read-form.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { readPagerLabel } from "./pager-words.ts";
import type { PageStep } from "./pagination.ts";
import { readPostBack } from "./post-back.ts";

/** A drop-down that lists the pages of a listing. */
export interface SelectPager {
  readonly current: number;
  readonly pages: readonly (PageStep & { readonly page?: number })[];
  readonly path: string;
}

/** Finds drop-downs whose choices are 1, 2, 3 … and that send themselves. "10, 20, 50 per page" is none. */
export function selectPagers(page: Page): SelectPager[] {
  return readForms(page).flatMap((form) =>
    form.shape.fields.flatMap((field, at) => {
      const node = form.controls[at];
      const pager = node && field.type === "select" ? readSelect(field, node, form, page) : null;
      return pager ? [pager] : [];
    }),
  );
}

function readSelect(field: FormControl, node: Element, form: ReadForm, page: Page): SelectPager | null {
  const { options = [] } = field;
  const numbers = options.map(({ label }) => readPagerLabel(label.replace(/\s*(?:\/|of|von|de)\s*\d+$/i, "")).number);
  const selected = options.findIndex(({ isSelected }) => isSelected);
  const current = numbers[Math.max(0, selected)] ?? null;
  const isCounting = numbers.length > 1 && numbers.every((number, at) => number === at + 1);
  const isAlive = "onchange" in node.attribs || options.every(({ value }) => isAddress(value));
  if (!isCounting || !isAlive || current === null || /day|month|year|quantity|qty|adult|child/i.test(field.name))
    return null;
  const pages = options.flatMap((option, at) =>
    at + 1 === current ? [] : [stepOfOption(option, at + 1, field, node, form, page)],
  );
  return { current, pages, path: field.path };
}

function stepOfOption(
  option: FieldOption,
  number: number,
  field: FormControl,
  node: Element,
  form: ReadForm,
  page: Page,
): PageStep {
  const told = { role: "page", label: option.label, page: number } as const;
  if (isAddress(option.value))
    return { kind: "link", url: resolveUrl(option.value, baseUrlOf(node, page)) ?? option.value, ...told };
  const event = readPostBack({ script: node.attribs["onchange"] ?? "" });
  const postBack = event ? { __EVENTTARGET: event.target, __EVENTARGUMENT: event.argument } : {};
  return fillForm(form.shape, { [field.name]: option.value, ...postBack }, { submitter: null, ...told });
}

function isAddress(value: string): boolean {
  return /^(?:https?:|[./?])|\?.*=/.test(value);
}
