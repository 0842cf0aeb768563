import type { Element } from "domhandler";
import { closest, elementsBelow, parentOf } from "../page/elements.ts";
import type { FormControl } from "../forms/found-form.ts";
import { formOf } from "../forms/read-form.ts";
import { baseUrlOf, documentUrlOf } from "../page/base-url-of.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import {
  asksForNext,
  continuesAddress,
  hasPageParameter,
  isRoute,
  numberDifference,
  withoutFragment,
} from "./address-numbers.ts";
import { postsBack } from "./control-step.ts";
import { tokensOf, type Control } from "./control.ts";
import type { NumberedPager } from "./numbered-pager.ts";
import type { PagerWord } from "./pager-words.ts";
import { hiddenFieldsOf } from "./sent-as-it-is.ts";
import { standsBesidePageNumber } from "./page-number-beside.ts";

/** What speaks for or against a control leading to the next page. */
export interface NextSigns {
  readonly word: boolean;
  readonly mention: boolean;
  readonly hint: boolean;
  readonly rel: boolean;
  readonly token: boolean;
  readonly aroundToken: boolean;
  readonly arrow: boolean;
  readonly farArrow: boolean;
  readonly inPager: boolean;
  readonly pagerNames: boolean;
  readonly nextNumber: boolean;
  readonly addressGrows: boolean;
  readonly pageParameter: boolean;
  /** The same document with another query: a cursor, a token. */
  readonly sameDocument: boolean;
  readonly postBack: boolean;
  /** Its address asks for "next", whichever page that is. */
  readonly addressAsks: boolean;
  readonly backSign: boolean;
  readonly endSign: boolean;
  /** Stands beside its counterpart, "previous", or before the arrow to the end. */
  readonly paired: boolean;
  readonly repeated: boolean;
  readonly nowhere: boolean;
  readonly disabled: boolean;
  readonly stage: boolean;
  readonly calendar: boolean;
  readonly entryNavigation: boolean;
  readonly long: boolean;
  readonly addressShrinks: boolean;
  /** "Next: About us": names what it leads to, and its address does not count. */
  readonly titled: boolean;
  /** A button of a form that asks for something: a step of filling it in. */
  readonly filledIn: boolean;
  /** The number of the page stands right beside it: "Page 3 »", "‹ 3 / 8 ›". */
  readonly besidePage: boolean;
}

const PAGER_NAMES =
  /^(?:pager|pagers|paging|pagination|paginations|paginator|paginate|paginated|pagenav|pagenavi|pages|pagelinks|pagelist|navpage|pagingation|navigation|pagebar|wp|pagnav)$/;
const STAGE_NAMES =
  /^(?:carousel|slider|slides|slide|slick|swiper|owl|gallery|lightbox|slideshow|fotorama|flexslider|bxslider|rotator|ticker|glide|splide)$/;
const CALENDAR_NAMES = /^(?:calendar|datepicker|cal|kalender|calendario|fc|minicalendar|month|calender)$/;
const ENTRY_NAMES = /^(?:single|entry|article|story|adjacent|sibling|chapter|book)$/;
const NEXT_NAMES = /^(?:next|nextpage|nxt|pagenext|suivant|siguiente|weiter|volgende|forward|nextpostslink|nextlink)$/;
const PREV_NAMES = /^(?:prev|previous|prevpage|pageprev|precedent|anterior|vorige|back|previouspostslink)$/;

export interface NextContext {
  readonly page: Page;
  /** The rows of page numbers of the page. */
  readonly pagers: readonly NumberedPager[];
  /** The other controls that may lead on. */
  readonly rivals: readonly Control[];
  /** All controls of the page, in document order. */
  readonly controls: readonly Control[];
}

/** Reads the signs of a control. */
export function nextSigns(control: Control, { page, pagers, rivals, controls }: NextContext): NextSigns {
  const { said, hint, tokens, node } = control;
  const around = parentOf(node);
  const aroundTokens = around && around.name !== "body" ? tokensOf(around) : new Set<string>();
  const names = namesAround(node);
  const isPagerName = names.some((name) => PAGER_NAMES.test(name));
  const pager =
    pagers.find(({ surroundings }) => closest(node, (element) => element === surroundings) !== null) ?? null;
  return {
    word: said.word === "next" && said.arrow !== "left",
    mention: said.word !== "next" && said.mentions.has("next"),
    hint: hint !== null && (hint.word === "next" || hint.mentions.has("next")),
    rel: relOf(node).includes("next"),
    token: [...tokens].some((token) => NEXT_NAMES.test(token)),
    aroundToken: [...aroundTokens].some((token) => NEXT_NAMES.test(token)),
    arrow: isBareArrow(control) && (said.arrow === "right" || isOnlyFarArrow(control, pager, rivals)),
    farArrow: said.arrow === "far-right",
    inPager: pager !== null,
    pagerNames: isPagerName,
    nextNumber: pager !== null && leadsToNextNumber(control, pager),
    addressGrows: growth(control, page) > 0,
    sameDocument: isSameDocument(control, page),
    pageParameter: hasPageParameter(targetOf(control, page)) || isInCountingForm(control, page),
    postBack: postsBack(control),
    addressAsks: asksForNext(control.url),
    backSign: leadsBack(control),
    endSign:
      hasSign(control, "last") ||
      hasSign(control, "first") ||
      (said.arrow === "far-right" && hasNearerArrow(control, pager, rivals)),
    paired: isPaired(control, controls),
    repeated: isRepeated(control, rivals),
    nowhere: isPagerName ? leadsBackHere(control, page) : leadsNowhere(control, page),
    disabled: control.isDisabled,
    stage: names.some((name) => STAGE_NAMES.test(name)),
    calendar: names.some((name) => CALENDAR_NAMES.test(name)),
    entryNavigation: pager === null && names.some((name) => ENTRY_NAMES.test(name)),
    long: said.wordCount > 4 && said.word === null,
    addressShrinks: growth(control, page) < 0,
    titled: isTitled(control, page),
    filledIn: pager === null && isOfAskingForm(control, page),
    besidePage: pager === null && standsBesidePageNumber(control, page),
  };
}

/** Logistic weights of the signs; see README.md for where they come from. */
export const NEXT_WEIGHTS: Readonly<Record<keyof NextSigns | "bias", number>> = {
  bias: -4,
  word: 3.5,
  mention: 1.5,
  hint: 2,
  rel: 2,
  token: 1.5,
  aroundToken: 1,
  arrow: 2,
  farArrow: 0,
  inPager: 1,
  pagerNames: 1,
  nextNumber: 2,
  addressGrows: 1.5,
  pageParameter: 1,
  sameDocument: 1,
  postBack: 1,
  addressAsks: 1.5,
  backSign: -4,
  endSign: -3,
  paired: 1,
  repeated: -5,
  nowhere: -4,
  disabled: -4,
  stage: -3,
  calendar: -3,
  entryNavigation: -1,
  long: -3,
  addressShrinks: -1.5,
  titled: -4,
  filledIn: -3,
  besidePage: 2,
};

/** How likely a control with these signs leads to the next page, 0 to 1. */
export function nextScore(signs: NextSigns): number {
  let sum = NEXT_WEIGHTS.bias;
  for (const [sign, isSeen] of Object.entries(signs)) if (isSeen) sum += weightOf(sign);
  return 1 / (1 + Math.exp(-sum));
}

function weightOf(sign: string): number {
  return new Map(Object.entries(NEXT_WEIGHTS)).get(sign) ?? 0;
}

/** Whether a control could lead to the next page at all. Spares the rest the reading of all signs. */
export function mayLeadOn({ said, hint, tokens, node }: Control): boolean {
  if (said.number !== null) return false;
  if (said.word === "next" || said.mentions.has("next") || said.arrow === "right" || said.arrow === "far-right")
    return true;
  if (hint?.mentions.has("next") || relOf(node).includes("next")) return true;
  const around = parentOf(node);
  return [...tokens, ...(around ? tokensOf(around) : [])].some((token) => NEXT_NAMES.test(token));
}

/** Whether a control leads back: by what it says, in a pager or beside a control that leads on. */
export function isPreviousControl(
  control: Control,
  { page, pagers, leading }: { page: Page; pagers: readonly NumberedPager[]; leading: readonly Control[] },
): boolean {
  const { said, tokens, node, isDisabled } = control;
  const isNamed = [...tokens].some((token) => PREV_NAMES.test(token)) || relOf(node).includes("prev");
  const says = said.word === "prev" || said.isOlder || (said.arrow === "left" && said.wordCount === 0);
  if (isDisabled) return false;
  if (stepsBack(control, page)) return true;
  const isFarBack = said.arrow === "far-left" && said.wordCount === 0;
  if (said.word === "next" || !(says || isNamed || isFarBack)) return false;
  if (namesAround(node).some((name) => CALENDAR_NAMES.test(name))) return false;
  if (
    (says || isFarBack) &&
    (postsBack(control) || hiddenFieldsOf(node, page) !== null || standsBesidePageNumber(control, page))
  )
    return true;
  const inPager = pagers.some(({ surroundings }) => closest(node, (element) => element === surroundings) !== null);
  const beside = leading.some(({ index }) => Math.abs(index - control.index) <= 2);
  if (inPager || beside || said.isOlder || relOf(node).includes("prev")) return true;
  return hasPageParameter(targetOf(control, page)) || (says && isSameDocument(control, page));
}

/** "older 50" with the relation "next" goes on: its page counts from the newest. */
function leadsBack(control: Control): boolean {
  const { said, hint, tokens, node } = control;
  const rel = relOf(node);
  const isLeft = said.arrow === "left" || said.arrow === "far-left" || hint?.arrow === "left";
  const saysBack = hasSign(control, "prev") && !(said.isOlder && rel.includes("next"));
  if ((saysBack || isLeft) && said.arrow !== "right") return true;
  return rel.includes("prev") || [...tokens].some((token) => PREV_NAMES.test(token));
}

function isTitled(control: Control, page: Page): boolean {
  const { said, url, label } = control;
  if (url === "" || !said.mentions.has("next") || !/^\P{L}*\p{L}+\s?:\s/u.test(label)) return false;
  return growth(control, page) <= 0 && !hasPageParameter(url) && !isSameDocument(control, page);
}

function relOf(node: Element): string[] {
  return (node.attribs["rel"] ?? "").toLowerCase().split(/\s+/);
}

function hasSign({ said, hint }: Control, word: PagerWord): boolean {
  return said.mentions.has(word) || (said.wordCount === 0 && (hint?.mentions.has(word) ?? false));
}

function namesAround(node: Element): string[] {
  const names: string[] = [];
  let climbed = 0;
  closest(node, (element) => {
    if (element.name !== "body" && element.name !== "html") names.push(...tokensOf(element));
    return (climbed += 1) > 5;
  });
  return names;
}

/** ">>" means the next page unless the same pager has ">" too. */
function hasNearerArrow({ node }: Control, pager: NumberedPager | null, rivals: readonly Control[]): boolean {
  const box = pager?.surroundings ?? parentOf(parentOf(node) ?? node);
  return rivals.some(
    ({ node: other, said }) =>
      other !== node &&
      (said.arrow === "right" || said.word === "next") &&
      closest(other, (element) => element === box) !== null,
  );
}

function isBareArrow({ said }: Control): boolean {
  return said.word === null && said.number === null && said.wordCount === 0;
}

/** "<<" and ">>" alone lead one page back and forth. Beside numbers they lead to the ends. */
function isOnlyFarArrow(control: Control, pager: NumberedPager | null, rivals: readonly Control[]): boolean {
  return control.said.arrow === "far-right" && pager === null && !hasNearerArrow(control, pager, rivals);
}

function isPaired(control: Control, controls: readonly Control[]): boolean {
  const { index, node } = control;
  const box = parentOf(parentOf(node) ?? node);
  if (isBeforeEnd(control, controls)) return true;
  return controls
    .slice(Math.max(0, index - 2), index + 3)
    .some(
      ({ node: other, said, tokens }) =>
        other !== node &&
        (said.word === "prev" || said.arrow === "left" || [...tokens].some((token) => PREV_NAMES.test(token))) &&
        closest(other, (element) => element === box) !== null,
    );
}

/** "› »": on the first page what leads back may be no control at all. */
function isBeforeEnd({ index, node, said, label }: Control, controls: readonly Control[]): boolean {
  const after = controls[index + 1];
  if (said.arrow !== "right" || after === undefined) return false;
  const isEnd = after.said.word === "last" || after.said.arrow === "far-right" || after.said.arrow === "right";
  return isEnd && after.label !== label && parentOf(after.node) === parentOf(node);
}

/** "Continue" and "Read on »" stand under every entry of a list; a pager comes twice, perhaps three times. */
function isRepeated({ label, url }: Control, rivals: readonly Control[]): boolean {
  const alike = rivals.filter((other) => other.label === label);
  return label !== "" && url !== "" && alike.length > 2 && new Set(alike.map((other) => other.url)).size > 2;
}

function leadsToNextNumber(control: Control, { numbers, current }: NumberedPager): boolean {
  if (current === null) return false;
  const next = numbers.find(({ said }) => said.number === current + 1);
  return next !== undefined && control.url !== "" && withoutFragment(next.url) === withoutFragment(control.url);
}

const COUNTING_FIELD = /^(?:page|pg|p|offset|start|from|skip|pagenum(?:ber)?|pageno|currentpage|seite|pagina)$/i;

/** A form that keeps a number in a hidden field: one named after pages, or any where it asks for nothing. */
function isInCountingForm({ node }: Control, page: Page): boolean {
  if (node.name === "a") return false;
  if (hiddenFieldsOf(node, page)?.some(({ value }) => /^\d{1,6}$/.test(value)) === true) return true;
  const fields = formOf(node, page)?.shape.fields ?? [];
  return fields.some(({ name, type, value }) => type === "hidden" && COUNTING_FIELD.test(name) && /^\d+$/.test(value));
}

const ASKING = new Set(["text", "email", "tel", "textarea", "password", "number", "date", "radio", "file"]);

const MOST_LINKS = 2;

/** A form that is there to be filled in. One that counts pages, or that holds the links of a list, is part of a listing. */
function isOfAskingForm({ node }: Control, page: Page): boolean {
  const form = node.name === "a" ? null : formOf(node, page);
  if (!form || form.shape.fields.some(({ name }) => COUNTING_FIELD.test(name))) return false;
  let links = 0;
  for (const { name } of elementsBelow(form.node)) if (name === "a" && (links += 1) > MOST_LINKS) return false;
  return form.shape.fields.some((field) => ASKING.has(field.type) && !holdsPageNumber(field));
}

/** A box between the arrows of a pager: what stands in it is the number of the page. */
function holdsPageNumber({ name, value }: FormControl): boolean {
  return /page|pg|seite|pagin/i.test(name) && /^[1-9]\d{0,4}$/.test(value);
}

/** Where a control leads: a button may name an address of its own. */
function targetOf({ url, node }: Control, page: Page): string {
  const own = node.attribs["formaction"];
  return url !== "" || own === undefined ? url : (resolveUrl(own, baseUrlOf(node, page)) ?? "");
}

function isSameDocument(control: Control, page: Page): boolean {
  const [to, here] = [URL.parse(targetOf(control, page)), URL.parse(documentUrlOf(control.node, page) ?? "")];
  return (
    to !== null && here !== null && to.host === here.host && to.pathname === here.pathname && to.search !== here.search
  );
}

/** To the page before this one, whatever it says: `/page/2` on `/page/3`, and the list itself on its second page. */
function stepsBack({ node, url }: Control, page: Page): boolean {
  const here = documentUrlOf(node, page);
  if (here === null || url === "" || !hasPageParameter(here)) return false;
  const difference = hasPageParameter(url) ? numberDifference(url, here) : null;
  return difference ? difference.to - difference.from === 1 && difference.from > 0 : continuesAddress(url, here);
}

function growth(control: Control, page: Page): number {
  const url = targetOf(control, page);
  const here = documentUrlOf(control.node, page);
  if (url === "" || here === null) return 0;
  const difference = numberDifference(here, url);
  if (difference) return difference.to - difference.from;
  if (continuesAddress(here, url)) return 1;
  return hasPageParameter(url) && !hasPageParameter(here) && sameDocument(url, here) ? 1 : 0;
}

function sameDocument(a: string, b: string): boolean {
  const left = URL.parse(a);
  const right = URL.parse(b);
  return (
    left !== null &&
    right !== null &&
    left.host === right.host &&
    left.pathname.split("/")[1] === right.pathname.split("/")[1]
  );
}

/** In what its author calls a pager, a script may listen to links that have no address. */
function leadsBackHere(control: Control, page: Page): boolean {
  if (control.url === "") return control.said.word !== "next" && leadsNowhere(control, page);
  const here = documentUrlOf(control.node, page);
  return here !== null && withoutFragment(control.url) === withoutFragment(here) && !asksForNext(control.url);
}

function leadsNowhere(control: Control, page: Page): boolean {
  if (control.url !== "") return leadsBackHere(control, page);
  return control.node.name === "a" && control.script === "" && !isRoute(control.href);
}
