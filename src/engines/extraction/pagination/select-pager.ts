import type { Element } from "domhandler";
import { fillForm } from "../forms/fill-form.ts";
import type { FieldOption, FormControl } from "../forms/found-form.ts";
import { optionsOf, readForms, type ReadForm } from "../forms/read-form.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import { elementsBelow } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { choiceAddress } from "./choice-address.ts";
import { readPagerLabel } from "./pager-words.ts";
import type { PageStep } from "./pagination.ts";
import { readPostBack } from "./post-back.ts";

/** A drop-down that lists the pages of a listing. */
export interface SelectPager {
  readonly current: number;
  readonly pages: readonly (PageStep & { readonly page?: number })[];
  readonly path: string;
}

/**
 * Finds the first drop-down whose choices are 1, 2, 3 … (or 1–10, 11–20 …) and that sends itself, or that stands alone in a
 * form beside its button. "10, 20, 50 per page" is none.
 */
export function selectPager(page: Page): SelectPager | null {
  for (const form of readForms(page)) {
    const isAlone = asksOneThing(form);
    for (const [at, field] of form.shape.fields.entries()) {
      const node = form.controls[at];
      const pager = node && field.type === "select" ? readSelect(field, { node, form, page, isAlone }) : null;
      if (pager) return pager;
    }
  }
  return scriptedSelect(page);
}

interface Standing {
  readonly node: Element;
  readonly form: ReadForm;
  readonly page: Page;
  /** The form asks for nothing else. */
  readonly isAlone: boolean;
}

function readSelect(field: FormControl, standing: Standing): SelectPager | null {
  const { options = [] } = field;
  const { node, isAlone } = standing;
  const numbers = pageNumbers(options);
  const selected = options.findIndex(({ isSelected }) => isSelected);
  const current = numbers[Math.max(0, selected)] ?? null;
  const isCounting = numbers.length > 1 && numbers.every((number, at) => number === at + 1);
  const isAlive =
    "onchange" in node.attribs ||
    options.every(({ value }) => isAddress(value)) ||
    (isAlone && PAGE_FIELD.test(field.name));
  if (!isCounting || !isAlive || current === null || /day|month|year|quantity|qty|adult|child/i.test(field.name))
    return null;
  const pages = options.flatMap((option, at) =>
    at + 1 === current ? [] : [stepOfOption(option, at + 1, field, standing)],
  );
  return { current, pages, path: field.path };
}

function stepOfOption(
  option: FieldOption,
  number: number,
  field: FormControl,
  { node, form, page }: Omit<Standing, "isAlone">,
): PageStep {
  const told = { role: "page", label: option.label, page: number } as const;
  const base = baseUrlOf(node, page);
  if (isAddress(option.value)) return { kind: "link", url: resolveUrl(option.value, base) ?? option.value, ...told };
  const addressOf = choiceAddress(node);
  const url = addressOf && resolveUrl(addressOf(option.value), base);
  if (url !== null) return { kind: "link", url, ...told };
  const event = readPostBack({ script: node.attribs["onchange"] ?? "" });
  const postBack = event ? { __EVENTTARGET: event.target, __EVENTARGUMENT: event.argument } : {};
  return fillForm(form.shape, { [field.name]: option.value, ...postBack }, { submitter: null, ...told });
}

/** A form that asks for nothing but one thing, and has a button. */
function asksOneThing({ shape: { fields } }: ReadForm): boolean {
  const asked = fields.filter(({ type }) => !["hidden", "submit", "image", "button"].includes(type));
  return asked.length === 1 && fields.some(({ type }) => /^(?:submit|image)$/.test(type));
}

const PAGE_FIELD = /^(?:\w*page(?:_?(?:no|num|number|index))?|p|pg|seite|pagina|offset|start|from)$/i;

function pageNumbers(options: readonly FieldOption[]): (number | null)[] {
  const ranges = options.map(({ label }) => /^\s*(\d+)\s*(?:-|–|—|to|bis|à)\s*(\d+)\s*$/.exec(label));
  const isRow = ranges.every((range, at) => range && Number(range[1]) === Number(ranges[at - 1]?.[2] ?? 0) + 1);
  if (isRow) return options.map((_, at) => at + 1);
  return options.map(({ label }) => readPagerLabel(label.replace(/\s*(?:\/|of|von|de)\s*\d+$/i, "")).number);
}

/** A drop-down whose script puts the choice behind an address: `location = '/list?page=' + this.value`. */
function scriptedSelect(page: Page): SelectPager | null {
  for (const node of elementsBelow(page.root)) {
    const addressOf = choiceAddress(node);
    const pager = addressOf && readScripted(node, page, addressOf);
    if (pager) return pager;
  }
  return null;
}

function readScripted(node: Element, page: Page, addressOf: (value: string) => string): SelectPager | null {
  const options = optionsOf(node);
  const numbers = pageNumbers(options);
  if (numbers.length < 2 || !numbers.every((number, at) => number === at + 1)) return null;
  const current =
    numbers[
      Math.max(
        0,
        options.findIndex(({ isSelected }) => isSelected),
      )
    ] ?? 1;
  const pages = options.flatMap(({ value, label }, at): PageStep[] => {
    const url = resolveUrl(addressOf(value), baseUrlOf(node, page));
    return url === null || at + 1 === current ? [] : [{ kind: "link", url, role: "page", label, page: at + 1 }];
  });
  return { current, pages, path: nodePath(node) };
}

function isAddress(value: string): boolean {
  return /^(?:https?:|[./?])|\?.*=/.test(value);
}
