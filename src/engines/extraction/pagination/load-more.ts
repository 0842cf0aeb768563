import type { Element } from "domhandler";
import { elementsBelow } from "../page/elements.ts";
import { baseUrlOf, documentUrlOf } from "../page/base-url-of.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { hasPageParameter, numberDifference, withoutFragment } from "./address-numbers.ts";
import type { Control } from "./control.ts";
import { stepOf } from "./control-step.ts";
import { isSentAsItIs } from "./sent-as-it-is.ts";
import type { PageStep } from "./pagination.ts";

const SCROLL_NAMES =
  /(?:^|[\s_-])(?:infinite-?scroll\w*|infinitescroll|infscr|jscroll|endless-?(?:scroll|pagination)|autopager|scroll-?loader|load-?on-?scroll)(?:$|[\s_-])/i;
const NEXT_ADDRESS = ["data-next-url", "data-next-page-url", "data-next-href", "data-load-more-url", "data-ajax-next"];

/** "Load more": a button, or a link that leads to further records of this list rather than to another page. */
export function loadMoreStep(controls: readonly Control[], page: Page): PageStep | null {
  const asking = controls.filter(
    (control) =>
      control.said.word === "more" ||
      (control.said.wordCount === 0 && control.hint?.word === "more") ||
      saysMerelyMore(control, page) ||
      postsForMore(control, page),
  );
  const [control] = asking.filter((one) => leadsToMore(one, page));
  return control && asking.length <= 2 ? stepOf(control, page, "more") : null;
}

const MERELY_MORE = /^(?:more|mehr|weitere|plus|más|mais|altro|altri|meer|ещё|еще)$/i;

/** "More" alone stands for anything, unless it leads to a further page of this very document. */
function saysMerelyMore({ label, url, node }: Control, page: Page): boolean {
  const here = documentUrlOf(node, page);
  if (!MERELY_MORE.test(label.replace(/[^\p{L}]+/gu, "")) || here === null || !hasPageParameter(url)) return false;
  return URL.parse(url)?.pathname === URL.parse(here)?.pathname && withoutFragment(url) !== withoutFragment(here);
}

/** A form that asks for nothing and is sent for "more": what it brings is counted in its hidden fields. */
function postsForMore({ label, node }: Control, page: Page): boolean {
  return SAYS_MORE.test(label) && label.length <= LONGEST_LABEL && isSentAsItIs(node, page);
}

const LONGEST_LABEL = 50;
const SAYS_MORE =
  /^(?:\p{L}+ )?(?:more|mehr|weitere|plus|más|mais|altri|altre|meer|ещё|еще|flere|fler|lisää|więcej|další|ďalšie|további|több|mai multe|daha fazla|older|next|nächste)(?!\p{L})/iu;

function leadsToMore({ url, node, tokens }: Control, page: Page): boolean {
  const isNamed = tokens.has("more") && (tokens.has("load") || tokens.has("show"));
  if (url === "")
    return node.name !== "a" || isNamed || Object.keys(node.attribs).some((key) => key.startsWith("data-"));
  return hasPageParameter(url) || (page.url !== null && numberDifference(page.url, url) !== null);
}

/** Signs that scrolling brings more: names of well-known scripts, or an address of more that is kept in an attribute. */
export function scrollStep(page: Page): PageStep | null {
  for (const node of elementsBelow(page.root)) {
    const address = NEXT_ADDRESS.map((name) => node.attribs[name]).find((value) => value);
    const url = address && resolveUrl(address, baseUrlOf(node, page));
    if (url) return { kind: "link", url, role: "more", label: "" };
    if (isScrolling(node)) return { kind: "scroll", role: "more" };
  }
  return null;
}

function isScrolling({ attribs }: Element): boolean {
  return (
    SCROLL_NAMES.test(attribs["class"] ?? "") ||
    SCROLL_NAMES.test(attribs["id"] ?? "") ||
    "infinite-scroll" in attribs ||
    "data-infinite-scroll" in attribs
  );
}
