import type { Element } from "domhandler";
import { formOf, optionsOf } from "../forms/read-form.ts";
import { documentUrlOf } from "../page/base-url-of.ts";
import { elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { hasPageParameter } from "./address-numbers.ts";
import { choiceAddress } from "./choice-address.ts";
import type { Control } from "./control.ts";
import { findPagination } from "./find-pagination.ts";
import { areSizes, pageSizes } from "./page-sizes.ts";
import { hiddenFieldsOf } from "./sent-as-it-is.ts";

/** So many choices name a drop-down. */
const MOST_NAMED = 3;

/**
 * What looks like a way to further pages of the list and was not understood, in the words of the page. `controls` stand
 * outside of the records and of what is on every page. Where any is left, nobody may say that the page shows all.
 */
export function unreadPages(controls: readonly Control[], page: Page): string[] {
  const { kind, unsure } = findPagination(page);
  if (unsure !== null) return ["label" in unsure ? unsure.label : ""];
  if (kind !== "none") return [];
  const found = controls.filter(
    (control) => !control.isDisabled && (addsPage(control, page) || countsOn(control, page) || runsOn(control)),
  );
  return [...found.map(({ label }) => label), ...unreadChoices(page)];
}

/** A link to a further page of this very document: all of its query is that of the page, but for the number of a later page. */
function addsPage({ url, node }: Control, page: Page): boolean {
  const [to, here] = [URL.parse(url), URL.parse(documentUrlOf(node, page) ?? "")];
  if (!to || !here || to.host !== here.host) return false;
  if (to.pathname !== here.pathname) return continuesPath(to, here);
  const changed = [...to.searchParams].filter(([name, value]) => here.searchParams.get(name) !== value);
  const [only] = changed;
  if (changed.length !== 1 || !only || !hasPageParameter(`?${only[0]}=${only[1]}`)) return false;
  return Number(only[1]) > Math.max(1, Number(here.searchParams.get(only[0]) ?? "1"));
}

/** "/notices/page/2" below "/notices". */
function continuesPath(to: URL, here: URL): boolean {
  const start = here.pathname.replace(/\/(?:index\.\w{2,5})?$/, "");
  const rest = to.pathname.startsWith(`${start}/`) ? to.pathname.slice(start.length) : "";
  return /^\/(?:\p{L}{1,12}[/_-]?)?2\/?$/u.test(rest) && hasPageParameter(to.pathname);
}

const MOST_COUNTED = 100_000;

/** A button that sends a number it has counted, and asks for nothing. */
function countsOn({ node, said }: Control, page: Page): boolean {
  const hidden = hiddenFieldsOf(node, page);
  if (hidden === null || said.word === "prev" || said.word === "first") return false;
  const says = said.mentions.has("next") || said.mentions.has("more") || said.arrow === "right" || said.number !== null;
  return says || hidden.some(({ value }) => /^\d{1,6}$/.test(value) && Number(value) <= MOST_COUNTED);
}

/** What only a script understands, and says "next", "more" or a number beside others. */
function runsOn({ url, script, said, node, href }: Control): boolean {
  if (url !== "" || node.name === "input" || (script === "" && href !== "#" && node.name !== "button")) return false;
  return said.word === "next" || said.word === "more" || (said.arrow === "right" && said.wordCount === 0);
}

/** Drop-downs that do something when a page or a size is chosen, and belong to no form that is sent by hand. */
function unreadChoices(page: Page): string[] {
  const found: string[] = [];
  for (const node of elementsBelow(page.root)) {
    if (node.name !== "select" || !("onchange" in node.attribs)) continue;
    if (choiceAddress(node) !== null || isSentByHand(node, page)) continue;
    const labels = optionsOf(node).map(({ label }) => label);
    const numbers = labels.map((label) => Number(/^\D{0,12}(\d{1,4})\D{0,12}$/.exec(label.trim())?.[1] ?? NaN));
    const counts = numbers.length > 1 && numbers.every((number, at) => number === at + 1);
    if (counts || (areSizes(numbers) && pageSizes(page).length === 0))
      found.push(labels.slice(0, MOST_NAMED).join(", "));
  }
  return found;
}

function isSentByHand(node: Element, page: Page): boolean {
  const fields = formOf(node, page)?.shape.fields ?? [];
  return fields.some(({ type }) => type === "text" || type === "search");
}
