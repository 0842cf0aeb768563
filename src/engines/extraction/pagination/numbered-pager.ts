import { isTag, type Element } from "domhandler";
import { formOf } from "../forms/read-form.ts";
import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { textOf } from "../page/text-of.ts";
import { addressesOf, hasPageParameter, isRoute, numberDifference, withoutFragment } from "./address-numbers.ts";
import { tokensOf, type Control } from "./control.ts";
import { areSizes } from "./page-sizes.ts";
import type { PageAddresses } from "./pagination.ts";
import { hiddenFieldsOf } from "./sent-as-it-is.ts";
import { numberedByRange, plainRange } from "./range-labels.ts";

/** A row of page numbers, as most pagers have one. */
export interface NumberedPager {
  readonly container: Element;
  /** The container with what stands closely around it: arrows are often a box or two further out. */
  readonly surroundings: Element;
  /** Links to pages, in document order. The current page may be among them. */
  readonly numbers: readonly Control[];
  /** Number of the page that is shown; null when nothing marks it. */
  readonly current: number | null;
  readonly addresses: PageAddresses | null;
}

const CURRENT = /^(?:current|active|selected|on|here|cur|curr|thispage|activ|aktiv|actual|actif|this)$/;
const MAX_CLIMB = 4;
const MAX_PAGER_TEXT = 300;
/** Some pagers name all their pages; with more than this it is something else. */
const MAX_NUMBERS = 1000;

/** Finds the rows of page numbers on a page: numbers in rising order that lead to addresses of one pattern. */
export function numberedPagers(controls: readonly Control[], page: Page): NumberedPager[] {
  const numbered = controls.filter(({ said }) => said.number !== null);
  const currentOfRanges: CurrentOf = (container, numbers) =>
    markedNumber(numbers) ?? linkToItself(numbers, page) ?? plainRange(textAround(container, numbers), numbers);
  return [
    ...rowsOf(numbered, page, (container, numbers) => currentOf(container, numbers, page)),
    ...rowsOf(numberedByRange(controls), page, currentOfRanges),
  ];
}

type CurrentOf = (container: Element, numbers: readonly Control[]) => number | null;

function rowsOf(numbered: readonly Control[], page: Page, current: CurrentOf): NumberedPager[] {
  const groups = new Map<Element, Control[]>();
  for (const [at, control] of numbered.entries()) {
    const container = commonContainer(control, [numbered[at - 1], numbered[at + 1]]) ?? loneContainer(control);
    if (container) addTo(groups, container, [control]);
  }
  return mergeNested(groups)
    .map(([container, numbers]) => describePager(container, numbers, page, current))
    .filter((pager) => pager !== null);
}

function describePager(
  container: Element,
  all: readonly Control[],
  page: Page,
  current: CurrentOf,
): NumberedPager | null {
  const numbers = all.filter(({ said }) => (said.number ?? 0) < 100_000);
  if (numbers.length > MAX_NUMBERS || isTableOfNumbers(container) || areYears(numbers) || !isRising(numbers))
    return null;
  if (areSizes(numbers.map(({ said }) => said.number ?? 0))) return null;
  const known = numbers.flatMap(({ url, said }) => (url && said.number !== null ? [{ page: said.number, url }] : []));
  const addresses = addressesOf(known);
  const isScripted = numbers.every(({ script }) => script !== "");
  const isSent =
    numbers.length > 1 && (numbers.every((control) => sendsItsNumber(control, page)) || eachSendsOther(numbers, page));
  const isNamed = numbers.every(({ href }) => href === "#" || href === "#!") && isNamedPager(container);
  const isRouted = numbers.length > 1 && numbers.every(isRouteToItsNumber);
  const leads =
    isRouted ||
    addresses !== null ||
    isScripted ||
    isSent ||
    isNamed ||
    numbers.every((control) => leadsToPage(control, page));
  if (!leads) return null;
  return {
    container,
    surroundings: surroundingsOf(container),
    numbers,
    current: current(container, numbers),
    addresses,
  };
}

function surroundingsOf(container: Element): Element {
  let widest = container;
  for (const element of ancestorsOf(container, 3)) {
    if (element.children.length > 40 || textOf(element).length > MAX_PAGER_TEXT) break;
    widest = element;
  }
  return widest;
}

/** Links to "#" move nothing by themselves; in what its author calls a pager a script listens to them. */
function isNamedPager(container: Element): boolean {
  return [container, parentOf(container)].some((box) => box && [...tokensOf(box)].some((token) => NAMES.has(token)));
}

/** "#/page/2" on the control that says 2: a script shows another page when the address changes so. */
function isRouteToItsNumber({ href, said }: Control): boolean {
  return isRoute(href) && Number(/[/=](\d{1,5})\/?$/.exec(href)?.[1]) === said.number;
}

const NAMES = new Set(["pager", "paging", "pagination", "paginator", "paginate"]);

/** A button that sends a form, or presses another number than its neighbours: `<button name=page value=3>`. */
function sendsItsNumber({ node, url, said }: Control, page: Page): boolean {
  const { name, attribs } = node;
  if (url !== "" || (name !== "button" && name !== "input") || attribs["name"] === undefined) return false;
  return Number(attribs["value"]) === said.number && formOf(node, page) !== null;
}

/** Buttons of forms of their own, each of which sends something else: `<form><input type=hidden name=to value=3><button>3</button></form>`. */
function eachSendsOther(numbers: readonly Control[], page: Page): boolean {
  const sent = numbers.map(({ node }) => {
    const hidden = hiddenFieldsOf(node, page);
    const form = formOf(node, page);
    return hidden && form ? JSON.stringify([form.shape.action, hidden.map(({ name, value }) => [name, value])]) : "";
  });
  return !sent.includes("") && new Set(sent).size === new Set(numbers.map(({ said }) => said.number)).size;
}

/** One number alone is a pager only where its address says so. */
function leadsToPage({ url, said }: Control, page: Page): boolean {
  if (url === "") return false;
  const difference = page.url === null ? null : numberDifference(page.url, url);
  return hasPageParameter(url) || said.number === 1 || difference?.to === said.number;
}

function commonContainer(control: Control, neighbours: readonly (Control | undefined)[]): Element | null {
  const around = ancestorsOf(control.node, MAX_CLIMB);
  for (const container of around)
    if (neighbours.some((other) => other && ancestorsOf(other.node, MAX_CLIMB).includes(container))) return container;
  return null;
}

/** A second page needs one number only: "1 [2]". The current one must stand beside it. */
function loneContainer(control: Control): Element | null {
  return (
    ancestorsOf(control.node, 2).find((element) => /(?:^|\s)\d+(?:\s|$)/.test(textBeside(element, control))) ?? null
  );
}

function textBeside(element: Element, control: Control): string {
  return textOf(element).slice(0, 200).replace(control.label, " ");
}

function ancestorsOf(node: Element, limit: number): Element[] {
  const found: Element[] = [];
  for (let around = parentOf(node); around && found.length < limit; around = parentOf(around)) found.push(around);
  // A page without boxes has its pager in the body itself; around a box the body is no pager.
  return found.filter(({ name }, at) => name !== "html" && (name !== "body" || at === 0));
}

function addTo(groups: Map<Element, Control[]>, container: Element, controls: readonly Control[]): void {
  const group = groups.get(container) ?? [];
  for (const control of controls) group.push(control);
  groups.set(container, group);
}

function mergeNested(groups: ReadonlyMap<Element, Control[]>): [Element, Control[]][] {
  const merged = new Map<Element, Control[]>();
  for (const [container, numbers] of groups) {
    const outer = ancestorsOf(container, MAX_CLIMB).find((element) => groups.has(element)) ?? container;
    addTo(merged, outer, numbers);
  }
  return [...merged].map(([container, numbers]) => [container, numbers.sort((a, b) => a.index - b.index)]);
}

/** Calendars and tables of figures put numbers in the cells of many rows; a pager has one row. */
function isTableOfNumbers(container: Element): boolean {
  const row = container.name === "tr" ? container : null;
  const body = row ? parentOf(row) : ["table", "tbody"].includes(container.name) ? container : null;
  if (!body) return false;
  const rows = body.children.flatMap((child) =>
    isTag(child) ? (child.name === "tbody" ? child.children : [child]) : [],
  );
  return rows.filter((one) => isTag(one) && one.name === "tr" && isRowOfNumbers(one)).length > 1;
}

function areYears(numbers: readonly Control[]): boolean {
  return numbers.every(({ said }) => said.number !== null && said.number >= 1900 && said.number <= 2100);
}

function isRowOfNumbers(row: Element): boolean {
  return row.children.filter((cell) => isTag(cell) && /^\d{1,3}$/.test(textOf(cell))).length > 1;
}

/** Numbers may jump ("1 2 3 … 20") and the first may repeat at the end, but most of them rise one after another. */
function isRising(numbers: readonly Control[]): boolean {
  const values = numbers.map(({ said }) => said.number ?? 0);
  const rises = values.slice(1).filter((value, at) => value > (values[at] ?? 0)).length;
  const byOne = values
    .slice(1)
    .filter((value, at) => value - (values[at] ?? 0) <= 2 && value > (values[at] ?? 0)).length;
  return rises >= (values.length - 1) * 0.6 && (values.length < 6 || byOne >= (values.length - 1) * 0.4);
}

function currentOf(container: Element, numbers: readonly Control[], page: Page): number | null {
  return (
    markedNumber(numbers) ??
    onlyDisabled(numbers) ??
    linkToItself(numbers, page) ??
    plainNumber(container, numbers) ??
    unnamedFirst(numbers)
  );
}

function markedNumber(numbers: readonly Control[]): number | null {
  const marked = numbers.filter(({ node }) => {
    const around = parentOf(node);
    const isMarked = (element: Element): boolean =>
      ["page", "true"].includes(element.attribs["aria-current"] ?? "") ||
      [...tokensOf(element)].some((token) => CURRENT.test(token));
    return isMarked(node) || (around !== null && around.name === "li" && isMarked(around));
  });
  return marked.length === 1 ? (marked[0]?.said.number ?? null) : null;
}

/** A button for the page that is shown is there, but cannot be pressed. */
function onlyDisabled(numbers: readonly Control[]): number | null {
  const off = numbers.filter(({ node }) => "disabled" in node.attribs);
  return off.length === 1 ? (off[0]?.said.number ?? null) : null;
}

function linkToItself(numbers: readonly Control[], page: Page): number | null {
  const here = page.url === null ? null : withoutFragment(page.url);
  return numbers.find(({ url }) => url !== "" && withoutFragment(url) === here)?.said.number ?? null;
}

/** The current page is often a number without a link: the one that is missing between, before or after the links. */
function plainNumber(container: Element, numbers: readonly Control[]): number | null {
  const linked = new Set(numbers.map(({ said }) => said.number));
  const words = textAround(container, numbers)
    .slice(0, 500)
    .split(/[^\d\p{L}]+/u);
  const plain = words.filter((word) => /^\d{1,5}$/.test(word)).map(Number);
  const missing = plain.filter((value) => !linked.has(value) && value > 0);
  const beside = missing.filter((value) => linked.has(value - 1) || linked.has(value + 1));
  return new Set(beside).size === 1 ? (beside[0] ?? null) : null;
}

/** What is written in a pager; of a body, only what stands between its numbers and directly beside them. */
function textAround(container: Element, numbers: readonly Control[]): string {
  if (container.name !== "body") return textOf(container);
  const [first, last] = [numbers[0]?.node, numbers.at(-1)?.node];
  const parts: string[] = [];
  for (let node = first?.prev ?? first ?? null; node; node = node.next) {
    parts.push(textOf(node));
    if (node.prev === last) break;
  }
  return parts.join(" ");
}

/** Page 1 may not be named at all: "2 3 4 Next". */
function unnamedFirst(numbers: readonly Control[]): number | null {
  return Math.min(...numbers.map(({ said }) => said.number ?? 0)) === 2 ? 1 : null;
}
