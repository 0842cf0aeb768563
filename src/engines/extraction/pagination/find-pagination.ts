import { closest } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { addressesOf, hasPageParameter, pageOfAddress, withoutFragment } from "./address-numbers.ts";
import { boxPager } from "./box-pager.ts";
import { stepOf } from "./control-step.ts";
import { controlsOf, type Control } from "./control.ts";
import { declaredTotal } from "./declared-total.ts";
import { loadMoreStep, scrollStep } from "./load-more.ts";
import { isPreviousControl, mayLeadOn, nextScore, nextSigns } from "./next-score.ts";
import { numberedPagers, type NumberedPager } from "./numbered-pager.ts";
import type {
  DeclaredTotal,
  PageAddresses,
  PagerLink,
  PageStep,
  Pagination,
  PaginationKind,
  StepRole,
} from "./pagination.ts";
import { selectPager, type SelectPager } from "./select-pager.ts";

const SURE_ENOUGH = 0.5;
/** Less than this is noise: carousels, calendars, links to a next article. */
const WORTH_TELLING = 0.25;
/** A page with more controls that say "next" than this has no pager that could be told from them. */
const MAX_RIVALS = 1000;
const MAX_BACKWARD = 20;

interface Rated {
  readonly control: Control;
  readonly score: number;
}

const FOUND = new WeakMap<Page, Pagination>();

/** Finds how a page leads on to the rest of its listing: links, form post-backs, buttons, scrolling. */
export function findPagination(page: Page): Pagination {
  const known = FOUND.get(page);
  if (known) return known;
  const found = readPagination(page);
  FOUND.set(page, found);
  return found;
}

function readPagination(page: Page): Pagination {
  const controls = controlsOf(page);
  const pagers = numberedPagers(controls, page);
  const rated = ratedControls(controls, page, pagers);
  const leading = nextControls(rated, pagers);
  const forward = leading.map(({ control }) => control);
  const spent = controls.filter(({ isDisabled, said }) => isDisabled && said.word === "next");
  const backward = controls
    .filter((control) => isPreviousControl(control, { page, pagers, leading: [...forward, ...spent] }))
    .slice(0, MAX_BACKWARD);
  const nextControl = forward.find((control) => stepOf(control, page, "next") !== null) ?? null;
  const next = nextControl && stepOf(nextControl, page, "next", null);
  const pager = pagerOf(nextControl, pagers);
  const { dropDown, declared } = chosenIn(page);
  const marked = pager?.current ?? dropDown?.current ?? declared?.page ?? null;
  const addresses =
    [pager?.addresses, addressesFromNext(page, next, marked)].find((one) => one && fitsNext(one, next)) ?? null;
  const more = next ? null : (loadMoreStep(controls, page) ?? scrollStep(page));
  return {
    kind: kindOf({ next, pager, dropDown, more, addresses }),
    next,
    unsure: leading.length > 0 ? null : unsureOf(rated, page),
    previous: stepsOf(backward, page, "prev")[0] ?? null,
    older: stepsOf(backward.filter(isOlder), page, "next")[0] ?? null,
    pages: pager ? pageSteps(pager, controls, page) : (dropDown?.pages ?? []),
    more,
    declared,
    current: marked ?? currentFromAddress(addresses, page),
    addresses,
    links: [
      ...leading.map(({ control, score }) => linkOf(control, "next", score)),
      ...backward.map((control) => linkOf(control, "prev", 1)),
      ...(pager?.numbers ?? []).map((control) => linkOf(control, "page", 1)),
    ],
  };
}

/** Where the number of the page is chosen or written, and what the page says of its pages. */
function chosenIn(page: Page): { dropDown: SelectPager | null; declared: DeclaredTotal | null } {
  const box = boxPager(page);
  return { dropDown: selectPager(page) ?? box, declared: declaredTotal(page) ?? box?.declared ?? null };
}

function isOlder({ said }: Control): boolean {
  return said.isOlder;
}

/** A row of numbers beside the pager may count something else; the pager's own pattern fits its next link. */
function fitsNext(addresses: PageAddresses, next: PageStep | null): boolean {
  return next?.kind !== "link" || pageOfAddress(addresses, next.url) !== null;
}

function currentFromAddress(addresses: PageAddresses | null, page: Page): number | null {
  return addresses && page.url !== null ? pageOfAddress(addresses, page.url) : null;
}

function ratedControls(controls: readonly Control[], page: Page, pagers: readonly NumberedPager[]): Rated[] {
  const rivals = controls.filter(mayLeadOn);
  if (rivals.length > MAX_RIVALS) return [];
  return rivals.map((control) => ({
    control,
    score: nextScore(nextSigns(control, { page, pagers, rivals, controls })),
  }));
}

function unsureOf(rated: readonly Rated[], page: Page): PageStep | null {
  const [best] = rated
    .filter(
      ({ control, score }) => score >= WORTH_TELLING && control.said.word === "next" && stepOf(control, page, "next"),
    )
    .toSorted((a, b) => b.score - a.score);
  return best ? stepOf(best.control, page, "next", null) : null;
}

/** Controls that probably lead on, the surest first. A pager has one: its best. */
function nextControls(rated: readonly Rated[], pagers: readonly NumberedPager[]): Rated[] {
  const best = new Map<NumberedPager, number>();
  for (const { control, score } of rated) {
    const pager = pagerAround(control, pagers);
    if (pager) best.set(pager, Math.max(best.get(pager) ?? 0, score));
  }
  const leading = rated.filter(({ control, score }) => {
    const pager = pagerAround(control, pagers);
    return score >= SURE_ENOUGH && (!pager || score >= (best.get(pager) ?? 0));
  });
  return leading.sort((a, b) => b.score - a.score || a.control.index - b.control.index);
}

function pagerAround({ node }: Control, pagers: readonly NumberedPager[]): NumberedPager | null {
  return pagers.find(({ surroundings }) => closest(node, (element) => element === surroundings) !== null) ?? null;
}

/** The pager of the next link, else the longest one. */
function pagerOf(next: Control | null, pagers: readonly NumberedPager[]): NumberedPager | null {
  const own = next && pagerAround(next, pagers);
  return own ?? pagers.toSorted((a, b) => b.numbers.length - a.numbers.length)[0] ?? null;
}

function pageSteps(pager: NumberedPager, controls: readonly Control[], page: Page): PageStep[] {
  const steps = pager.numbers.flatMap((control) => {
    const isHere = control.said.number === pager.current;
    const step = isHere ? null : stepOf(control, page, "page");
    return step ? [step] : [];
  });
  const ends = controls.filter(
    ({ node, said }) =>
      (said.word === "first" || said.word === "last") && closest(node, (element) => element === pager.surroundings),
  );
  return [
    ...steps,
    ...unnumbered(pager, controls, page),
    ...ends.flatMap((control) => stepsOf([control], page, control.said.word === "first" ? "first" : "last")),
  ];
}

/**
 * "…" leads to a page that its address numbers: the first of the next ten, or one in between. Where it has no address it
 * leads on from the number before it: grids that post back show their pages in such windows.
 */
function unnumbered(pager: NumberedPager, controls: readonly Control[], page: Page): PageStep[] {
  const known = new Set(pager.numbers.map(({ said }) => said.number));
  return controls.flatMap((control) => {
    const number = /[\p{L}\p{N}]/u.test(control.label) ? null : numberBehind(control, pager);
    if (number === null || known.has(number) || !closest(control.node, (element) => element === pager.surroundings))
      return [];
    const step = stepOf(control, page, "page", number);
    return step ? [step] : [];
  });
}

const DOTS = /^(?:…|\.{2,})$/;

function numberBehind(control: Control, pager: NumberedPager): number | null {
  const { url, label, index, said } = control;
  const { addresses, numbers, current } = pager;
  if (url !== "") return said.arrow === null && addresses ? pageOfAddress(addresses, url) : null;
  if (said.arrow !== null) return said.arrow === "far-right" ? numberPosted(control, pager) : null;
  const before = numbers.filter((number) => number.index < index).map(({ said }) => said.number ?? 0);
  if (!DOTS.test(label.trim()) || before.length === 0) return null;
  const last = Math.max(...before);
  // The page that is shown may be the last of its window, and no link.
  return (current === last + 1 ? current : last) + 1;
}

/** The last number of what runs when a control is pressed. */
const POSTED = /(\d{1,6})\D*$/;

/**
 * "»" that posts the number of a page beyond those that are named: the first of the next window, or the last of all. Pages may
 * be counted from another number there than on the page.
 */
function numberPosted({ script }: Control, { numbers, current }: NumberedPager): number | null {
  const posted = postedBy(script);
  if (posted === null) return null;
  const offsets = new Set(numbers.map((number) => (number.said.number ?? 0) - (postedBy(number.script) ?? NaN)));
  const [offset] = offsets;
  if (offsets.size !== 1 || offset === undefined || Number.isNaN(offset)) return null;
  const page = posted + offset;
  return page > Math.max(current ?? 0, ...numbers.map((number) => number.said.number ?? 0)) ? page : null;
}

function postedBy(script: string): number | null {
  const number = POSTED.exec(script)?.[1];
  return number === undefined ? null : Number(number);
}

function stepsOf(controls: readonly Control[], page: Page, role: StepRole): PageStep[] {
  return controls.flatMap((control) => {
    const step = stepOf(control, page, role, null);
    return step ? [step] : [];
  });
}

/** Without page numbers the address of the next page still tells how this listing counts. */
function addressesFromNext(page: Page, next: PageStep | null, current: number | null): PageAddresses | null {
  if (next?.kind !== "link" || page.url === null || !hasPageParameter(next.url)) return null;
  return current === null
    ? null
    : addressesOf([
        { page: current, url: withoutFragment(page.url) },
        { page: current + 1, url: next.url },
      ]);
}

function kindOf(signs: {
  next: PageStep | null;
  pager: NumberedPager | null;
  dropDown: SelectPager | null;
  more: PageStep | null;
  addresses: PageAddresses | null;
}): PaginationKind {
  const { next, pager, dropDown, more, addresses } = signs;
  const isScripted = pager?.numbers.some(({ url }) => url === "") ?? false;
  if (next?.kind === "form" || (isScripted && !next) || (dropDown && dropDown.pages[0]?.kind === "form"))
    return "postback";
  if (addresses && addresses.step > 1) return "offset";
  if (pager || dropDown) return "numbered";
  if (next) return "next-link";
  if (more) return more.kind === "scroll" ? "infinite-scroll" : "load-more";
  return "none";
}

function linkOf({ index, href, node }: Control, role: StepRole, score: number): PagerLink {
  return { index, href, role, score, path: nodePath(node) };
}
