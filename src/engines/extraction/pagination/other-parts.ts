import { isTag, type Element } from "domhandler";
import { readForms } from "../forms/read-form.ts";
import { closest, parentOf } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { withoutFragment } from "./address-numbers.ts";
import { postsBack, stepOf } from "./control-step.ts";
import { controlsOf, tokensOf, type Control } from "./control.ts";
import { movesInTime } from "./moves-in-time.ts";
import { pageSizes } from "./page-sizes.ts";
import { isShowAll } from "./show-all.ts";
import type { PageStep } from "./pagination.ts";
import { unreadPages } from "./unread-pages.ts";

/** A sign that a list goes on where no pager leads: what is missing there, nobody who follows the pager would notice. */
export interface OtherPart {
  readonly kind: "all" | "size" | "letters" | "periods" | "tabs" | "pages" | "sections";
  /** In the words of the page. */
  readonly label: string;
  /** What brings all of the list, or a larger part of it, where the page offers that. */
  readonly step: PageStep | null;
  /** Records that a page shows at most, where the page says so. */
  readonly size: number | null;
}

const LETTER = /^\p{Lu}$/u;
const FEWEST_LETTERS = 3;
/** "2025", "March 2025", "Mars 2025 (12)": the parts of an archive. */
const PERIOD = /^(?:\p{L}{3,12}\.?,? )?(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?(?: ?\(\d+\))?$/u;
const PERIOD_WITH_COUNT = /^(?:\p{L}{3,12}\.?,? )?(?:19|20)\d\d ?\(\d+\)$/u;
const FEWEST_PERIODS = 2;
const TAB = new Set(["tab", "tabs", "tablist"]);
const MOST_NAMED = 3;

/** Looks beside the records at `records` (node paths) for controls that lead to other parts of the list. */
export function otherParts(page: Page, records: readonly string[]): OtherPart[] {
  const isInRecord = recordTest(records);
  const beside = controlsOf(page).filter(({ node }) => !isFrame(node) && !isInRecord(node));
  const leading = beside.filter((control) => leadsAway(control, page));
  const all = leading.filter(({ label }) => isShowAll(label));
  return [
    ...wholeList(all, page),
    ...sections(all, records),
    ...pageSizes(page).map(({ size, step }): OtherPart => ({
      kind: "size",
      label: `${size} records per page`,
      step,
      size,
    })),
    ...grouped(
      "letters",
      leading.filter(({ label }) => LETTER.test(label.trim())),
      FEWEST_LETTERS,
    ),
    ...grouped(
      "periods",
      leading.filter(({ label }) => PERIOD.test(label.trim())),
      FEWEST_PERIODS,
    ),
    ...told("periods", beside.filter(isFold).map(labelOf)),
    // "Next month", or an arrow to another date: a calendar shows one of its parts.
    ...told("periods", leading.filter((control) => movesInTime(control, page)).map(labelOf)),
    ...told("periods", otherPeriods(page)),
    ...told("tabs", leading.filter(isOfTabs).map(labelOf)),
    ...told("pages", unreadPages(beside, page)),
  ];
}

/** A part that the page names and no step is known to; none where it names nothing. */
function told(kind: OtherPart["kind"], labels: readonly string[]): OtherPart[] {
  const different = [...new Set(labels)];
  const label = `${different.slice(0, MOST_NAMED).join(", ")}${different.length > MOST_NAMED ? " …" : ""}`;
  return labels.length === 0 ? [] : [{ kind, label, step: null, size: null }];
}

const labelOf = ({ label }: Control): string => label;

/** One link to all; several of them belong to several teasers, each with a list of its own. */
function wholeList(found: readonly Control[], page: Page): OtherPart[] {
  const [first] = found;
  if (!first || new Set(found.map(targetOf)).size > 1) return [];
  return [{ kind: "all", label: first.label, step: stepOf(first, page, "all", null), size: null }];
}

/** Links to all of several sections, each beside some of the records: what is shown of a section is its beginning. */
function sections(found: readonly Control[], records: readonly string[]): OtherPart[] {
  const own = found.filter(({ node }) => stands(node, (box) => holdsOne(box, records)));
  if (new Set(found.map(targetOf)).size < 2 || own.length < 2) return [];
  return told("sections", own.map(labelOf));
}

/** Whether what stands right before or after a node, or a box or two around it, is such a thing. */
function stands(node: Element, isSuch: (neighbour: Element) => boolean): boolean {
  let around: Element | null = node;
  for (let climbed = 0; around && climbed < 3; climbed += 1) {
    const { before, after } = neighboursOf(around);
    if ((before && isSuch(before)) || (after && isSuch(after))) return true;
    around = parentOf(around);
  }
  return false;
}

function neighboursOf(node: Element): { before: Element | null; after: Element | null } {
  const siblings = (parentOf(node)?.children ?? []).filter(isTag);
  const at = siblings.indexOf(node);
  return { before: siblings[at - 1] ?? null, after: siblings[at + 1] ?? null };
}

function holdsOne(box: Element, records: readonly string[]): boolean {
  const path = nodePath(box);
  return records.some((record) => record === path || record.startsWith(`${path}/`));
}

/** "2025 (20)" that a script opens: a fold whose records are not on the page. */
function isFold({ label, url, script, isDisabled }: Control): boolean {
  return url === "" && script !== "" && !isDisabled && PERIOD_WITH_COUNT.test(label.trim());
}

/** Of a drop-down of years where one year is chosen, the others. */
function otherPeriods(page: Page): string[] {
  for (const { shape } of readForms(page))
    for (const { options = [] } of shape.fields) {
      const periods = options.filter(({ label }) => PERIOD.test(label.trim()));
      const chosen = options.find(({ isSelected }) => isSelected) ?? options[0];
      if (
        periods.length < FEWEST_PERIODS ||
        periods.length < options.length - 2 ||
        !chosen ||
        !periods.includes(chosen)
      )
        continue;
      return periods.filter((option) => option !== chosen).map(({ label }) => label.trim());
    }
  return [];
}

/** Controls that stand together: by themselves a letter or a year mean nothing. */
function grouped(kind: "letters" | "periods", found: readonly Control[], fewest: number): OtherPart[] {
  const groups = Map.groupBy(found, ({ node }) => {
    const around = parentOf(node);
    return around && ["li", "td", "span", "p"].includes(around.name) ? (parentOf(around) ?? around) : around;
  });
  for (const [box, group] of groups)
    if (box && new Set(group.map(targetOf)).size >= fewest) return told(kind, group.map(labelOf));
  return [];
}

function isOfTabs({ node }: Control): boolean {
  const inTab = closest(node, (element) => element.attribs["role"] === "tab" || element.attribs["role"] === "tablist");
  return inTab !== null || [node, parentOf(node), parentOf(parentOf(node) ?? node)].some(isTabbed);
}

function isTabbed(element: Element | null): boolean {
  return element !== null && element.name !== "body" && [...tokensOf(element)].some((token) => TAB.has(token));
}

/** What stands on every page of a site is not about this list. */
function isFrame(node: Element): boolean {
  return (
    closest(node, (element) => {
      if (element.name === "header" || element.name === "footer") return true;
      const tokens = element.name === "nav" ? tokensOf(element) : null;
      return (
        tokens !== null &&
        !["pager", "pagination", "paging", "tabs", "tab", "letters", "az"].some((one) => tokens.has(one))
      );
    }) !== null
  );
}

/** A script that sends a form as it stands. */
const SUBMITS = /\.submit\(/;

/** Where a control leads, or what it runs where it has no address. */
const targetOf = ({ url, script }: Control): string => url || script;

/** To another address of the same site, or to what it answers when the form is sent. */
function leadsAway(control: Control, page: Page): boolean {
  const { url, node, script, isDisabled } = control;
  if (isDisabled) return false;
  if (url === "") return ["button", "input"].includes(node.name) || SUBMITS.test(script) || postsBack(control);
  const [to, here] = [URL.parse(url), URL.parse(page.url ?? "")];
  if (!to || !here) return page.url === null;
  return to.host === here.host && withoutFragment(url) !== withoutFragment(page.url ?? "");
}

export function recordTest(records: readonly string[]): (node: Element) => boolean {
  const paths = new Set(records);
  return (node) => {
    for (let path = nodePath(node); path.length > 1; path = path.slice(0, path.lastIndexOf("/")))
      if (paths.has(path)) return true;
    return false;
  };
}
