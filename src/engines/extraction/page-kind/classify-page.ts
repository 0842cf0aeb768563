import { isTag, type Element } from "domhandler";
import { getElementsByTagName } from "domutils";
import { consentStep } from "../forms/consent-step.ts";
import { findForms } from "../forms/find-forms.ts";
import type { FoundForm } from "../forms/found-form.ts";
import { spaced, speaksOf } from "../forms/form-words.ts";
import { findLists } from "../lists/find-lists.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { textOf } from "../page/text-of.ts";
import { findPagination } from "../pagination/find-pagination.ts";
import type { PageClass, PageFacts } from "./page-kind.ts";
import { EMPTY_TEXT, ERROR_TITLE, WALL_TEXT } from "./page-texts.ts";

const SHORT_PAGE = 1500;
const ONE_THING =
  /"@type"\s*:\s*\[?\s*"(Article|NewsArticle|BlogPosting|Recipe|Product|JobPosting|Event|Book|Movie|TechArticle|Report)"/g;

/** Strengths of a best list (see `look`). Of 245 pages with lists 90 % are above the first, of 176 without 85 % below. */
const SURE_LIST = 1.2;
const WEAK_LIST = 0.6;
/** So strong that a page is a list although it declares itself to be an article. */
const PLAIN_LIST = 2.5;

interface Sight {
  readonly page: Page;
  readonly status: number | null;
  readonly text: string;
  /** Title and headings: where a page says what it is. */
  readonly heading: string;
  readonly records: number;
  readonly strength: number;
  readonly isPaged: boolean;
  readonly isAboutOne: boolean;
  readonly isSureList: boolean;
  readonly login: FoundForm | null;
}

/** Each rule answers or passes on. The order is the order of trust: what the server says, walls, then content. */
const RULES: readonly ((sight: Sight) => PageClass | null)[] = [
  wall,
  error,
  namedLogin,
  sureList,
  login,
  consent,
  empty,
  weakList,
  detail,
];

/** Says what kind of page this is. A page with a real list is a list, whatever stands around it. */
export function classifyPage(page: Page, facts: PageFacts = {}): PageClass {
  const sight = look(page, facts);
  for (const rule of RULES) {
    const verdict = rule(sight);
    if (verdict) return verdict;
  }
  return { kind: "other", confidence: 0.4, reason: "Nothing on the page tells what it is." };
}

/** The score of a list grows with the text it carries; measured against the text of the page it tells what the page is. */
function look(page: Page, { status, list }: PageFacts): Sight {
  const { text } = outlineOf(page);
  const best = list === undefined ? bestList(page) : list;
  const strength = best ? best.score / Math.sqrt(text.length + 1) : 0;
  const { kind, declared } = findPagination(page);
  const isPaged = kind !== "none" || (declared?.total ?? 0) > 1;
  const records = best?.records ?? 0;
  const isAboutOne = (strength < PLAIN_LIST && isAboutOneThing(page)) || labelledRows(page) >= Math.max(3, records - 1);
  return {
    page,
    status: status ?? null,
    text,
    heading: headingOf(page),
    records,
    strength,
    isPaged,
    isAboutOne,
    isSureList: !isAboutOne && strength >= (isPaged ? WEAK_LIST : SURE_LIST),
    login:
      findForms(page).find(({ type, fields }) => type === "login" && fields.some(({ role }) => role === "password")) ??
      null,
  };
}

function bestList(page: Page): { records: number; score: number } | null {
  const [best] = findLists(page);
  return best ? { records: best.candidate.units.length, score: best.score } : null;
}

/** Rows of one heading cell and its value: the table describes one thing, however many rows it has. */
function labelledRows(page: Page): number {
  let count = 0;
  for (const { name, children } of elementsBelow(page.root)) {
    if (name !== "tr") continue;
    const cells = children.filter(isTag);
    if (cells.length === 2 && cells[0]?.name === "th" && cells[1]?.name === "td") count += 1;
  }
  return count;
}

/** Pages about one thing often say so, to search engines and to networks that show them. */
function isAboutOneThing(page: Page): boolean {
  const things = new Set<string>();
  for (const node of elementsWithScripts(page)) {
    if (
      node.name === "meta" &&
      node.attribs["property"] === "og:type" &&
      /^(?:article|product|recipe|video)/i.test(node.attribs["content"] ?? "")
    )
      return true;
    if (node.name !== "script" || node.attribs["type"] !== "application/ld+json") continue;
    for (const [, type = ""] of rawText(node).matchAll(ONE_THING)) things.add(type);
    if (/"ItemList"|"CollectionPage"|"SearchResultsPage"/.test(rawText(node))) return false;
  }
  return things.size > 0;
}

function headingOf(page: Page): string {
  const headings: string[] = [page.title];
  for (const node of elementsBelow(page.root))
    if (/^h[1-3]$/.test(node.name) && headings.length < 6) headings.push(textOf(node));
  return headings.join(" | ").slice(0, 400);
}

function wall({ status, text, heading, isSureList }: Sight): PageClass | null {
  if (status === 429) return told("wall", 0.9, "The server answers 429, too many requests.");
  const isShort = text.length < SHORT_PAGE;
  if (isShort && !isSureList && (WALL_TEXT.test(heading) || (text.length < 600 && WALL_TEXT.test(text))))
    return told("wall", 0.9, "A short page asks to prove that a person is there.");
  return null;
}

function error({ status, text, heading, isSureList, login: form }: Sight): PageClass | null {
  if (status === 401) return form ? null : told("login", 0.7, "The server answers 401.");
  if (status !== null && status >= 400 && !isSureList)
    return told("error", 0.95, `The server answers ${String(status)}.`);
  const saysError = ERROR_TITLE.test(heading) || (text.length < 400 && ERROR_TITLE.test(text));
  if (saysError && !isSureList && text.length < SHORT_PAGE * 2)
    return told("error", 0.8, "Its heading says that something failed.");
  return null;
}

function sureList({ isSureList, records }: Sight): PageClass | null {
  return isSureList ? told("list", 0.85, `It holds ${String(records)} alike records.`) : null;
}

/** The address or the heading says that signing in is what the page is for, and no listing says otherwise. */
function namedLogin({ login: form, heading, page, isPaged, strength }: Sight): PageClass | null {
  if (!form || strength >= SURE_LIST * 2 || (isPaged && strength >= SURE_LIST)) return null;
  const address = URL.parse(page.url ?? "")?.pathname ?? "";
  const isNamed = speaksOf("login", spaced(heading)) || speaksOf("login", spaced(address));
  return isNamed ? told("login", 0.9, "A log-in form, and the page is named after it.") : null;
}

function login({ login: form, text }: Sight): PageClass | null {
  return form && text.length < SHORT_PAGE ? told("login", 0.7, "A log-in form is nearly all of the page.") : null;
}

function consent({ page, text }: Sight): PageClass | null {
  const step = consentStep(page);
  return step && text.length < 20_000 ? told("consent", 0.8, "A notice has to be accepted before the content.") : null;
}

function empty({ text, page }: Sight): PageClass | null {
  const total = findPagination(page).declared?.total;
  if (total === 0) return told("empty", 0.9, "The page declares that nothing was found.");
  return text.length < 6000 && EMPTY_TEXT.test(text)
    ? told("empty", 0.75, "The page says that nothing was found.")
    : null;
}

function weakList({ records, strength, isAboutOne }: Sight): PageClass | null {
  return records >= 3 && strength >= WEAK_LIST && !isAboutOne
    ? told("list", 0.55, `It holds ${String(records)} alike items.`)
    : null;
}

/** One thing described: labelled values, or one article. */
function detail({ page, text, isAboutOne }: Sight): PageClass | null {
  if (isAboutOne) return told("detail", 0.8, "The page declares itself to be about one thing.");
  let labels = 0;
  let articles = 0;
  for (const { name, attribs } of elementsBelow(page.root)) {
    if (name === "dt" || name === "th" || (name === "label" && !attribs["for"])) labels += 1;
    if (name === "article" || attribs["itemprop"] === "articleBody") articles += 1;
  }
  if (labels >= 4) return told("detail", 0.6, "It describes one thing by labelled values.");
  return articles === 1 || text.length > SHORT_PAGE
    ? told("detail", 0.5, "It holds one longer text and no list.")
    : null;
}

function* elementsWithScripts(page: Page): Generator<Element> {
  for (const name of ["meta", "script"]) yield* getElementsByTagName(name, page.root.children, true);
}

function rawText(node: Element): string {
  return node.children.map((child) => ("data" in child ? child.data : "")).join("");
}

function told(kind: PageClass["kind"], confidence: number, reason: string): PageClass {
  return { kind, confidence, reason };
}
