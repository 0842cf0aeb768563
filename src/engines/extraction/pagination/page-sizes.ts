import type { Element } from "domhandler";
import { fillForm } from "../forms/fill-form.ts";
import type { FieldOption, FormControl } from "../forms/found-form.ts";
import { optionsOf, readForms, type ReadForm } from "../forms/read-form.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import { elementsBelow, parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { choiceAddress } from "./choice-address.ts";
import { controlsOf, type Control } from "./control.ts";
import type { PageStep } from "./pagination.ts";
import { stepOf } from "./control-step.ts";

/** A choice of how many records a page shows. */
export interface PageSize {
  /** Records of the page that is shown. */
  readonly size: number;
  /** Asks for the largest page; null where the page shown is that. */
  readonly step: PageStep | null;
}

const ADDRESS_OF_SIZE =
  /[?&](?:[\w-]*(?:size|per_?page|perpage|limit|pagelength|page_?len|rpp|ipp|results?_?per|display|show|rows|items|num|count)[\w-]*)=\d+/i;
const NAME_OF_SIZE = /size|per_?page|limit|length|rpp|ipp|display|show|rows|items|anzahl|nombre/i;
const WORDS_OF_SIZE =
  /per page|show|display|results|entries|pro seite|par page|por página|per pagina|per side|per sida|na stron|на страниц|件/i;

/** Finds links and drop-downs such as "10 | 25 | 50 per page". */
export function pageSizes(page: Page): PageSize[] {
  const fromForms = readForms(page).flatMap((form) =>
    form.shape.fields.flatMap((field) => (field.type === "select" ? (sizeOfSelect(field, form) ?? []) : [])),
  );
  return [...fromForms, ...sizesOfScripts(page), ...sizesOfLinks(page)].slice(0, 1);
}

/** Drop-downs of sizes that belong to no form: their script goes to an address with the choice. */
function sizesOfScripts(page: Page): PageSize[] {
  for (const node of elementsBelow(page.root)) {
    const addressOf = choiceAddress(node);
    const choice = addressOf && sizesOf(optionsOf(node));
    if (!choice) continue;
    const { size, larger } = choice;
    const url = larger && resolveUrl(addressOf(larger.value), baseUrlOf(node, page));
    return [{ size, step: larger && url ? { kind: "link", url, role: "all", label: larger.label } : null }];
  }
  return [];
}

/** Whether numbers are sizes to choose from: round ones, and none that a pager would begin with. */
export function areSizes(numbers: readonly number[]): boolean {
  return numbers.length >= 2 && numbers.every((number) => number >= 5 && number <= 1000 && number % 5 === 0);
}

function sizeOfSelect(field: FormControl, form: ReadForm): PageSize | null {
  const choice = NAME_OF_SIZE.test(`${field.name} ${field.label}`) ? sizesOf(field.options ?? []) : null;
  if (!choice) return null;
  const { size, larger } = choice;
  const step = larger && fillForm(form.shape, { [field.name]: larger.value }, { role: "all", label: larger.label });
  return { size, step: step && step.method === "GET" ? step : null };
}

/** The size that is chosen, and the choice of the largest where that is another one; null where the choices are no sizes. */
function sizesOf(all: readonly FieldOption[]): { size: number; larger: FieldOption | null } | null {
  const options = all.filter(({ isDisabled }) => !isDisabled);
  const sizes = options.map(sizeOfOption);
  if (sizes.includes(null)) return null;
  const numbers = sizes.map((size) => size ?? 0);
  if (!areSizes(numbers.filter(Number.isFinite))) return null;
  const selected = Math.max(
    0,
    options.findIndex(({ isSelected }) => isSelected),
  );
  const size = numbers[selected] ?? Infinity;
  const largest = numbers.indexOf(Math.max(...numbers));
  if (!Number.isFinite(size)) return null;
  return { size, larger: largest === selected ? null : (options[largest] ?? null) };
}

/** Infinity for "all". */
function sizeOfOption({ label }: FieldOption): number | null {
  if (/^(?:all|alle|tous|todos|tutti|すべて|全部)$/i.test(label.trim())) return Infinity;
  const number = /^(\d{1,4})(?: .*)?$/.exec(label.trim())?.[1];
  return number === undefined ? null : Number(number);
}

function sizesOfLinks(page: Page): PageSize[] {
  const groups = new Map<Element, Control[]>();
  for (const control of controlsOf(page)) {
    const around = control.said.number !== null && ADDRESS_OF_SIZE.test(control.url) ? parentOf(control.node) : null;
    const box = around?.name === "li" ? parentOf(around) : around;
    if (box) groups.set(box, [...(groups.get(box) ?? []), control]);
  }
  for (const [box, controls] of groups) {
    const linked = controls.map(({ said }) => said.number ?? 0);
    const text = outlineOf(page).textOf(parentOf(box) ?? box);
    const written = [...text.slice(0, 200).matchAll(/(?<![\d.,/])\d{1,4}(?![\d.,/])/g)].map(([digits]) =>
      Number(digits),
    );
    const numbers = [...new Set([...linked, ...written.filter((number) => areSizes([number, 10]))])];
    if (!areSizes(numbers) || !WORDS_OF_SIZE.test(text)) continue;
    const size = numbers.find((number) => !linked.includes(number)) ?? Math.min(...numbers);
    const largest = controls.toSorted((a, b) => (b.said.number ?? 0) - (a.said.number ?? 0))[0];
    const isLarger = largest !== undefined && (largest.said.number ?? 0) > size;
    return [{ size, step: isLarger ? stepOf(largest, page, "all", null) : null }];
  }
  return [];
}
