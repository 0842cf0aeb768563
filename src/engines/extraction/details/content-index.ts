import { isTag, isText, type AnyNode, type Element } from "domhandler";
import { existsOne } from "domutils";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import type { Quote } from "./finding.ts";

/** Parts of a page that are about other pages, or about the site. */
const ASIDE_ELEMENT = new Set(["nav", "footer", "dialog", "select", "button", "textarea", "option"]);
const ASIDE_ROLE = /^(?:navigation|contentinfo|search|dialog|menu|menubar|banner|alertdialog)$/;
const ASIDE_WORD =
  /(?:^|[-_\s])(?:comments?|respond|related|breadcrumbs?|menu|nav|navbar|navigation|footer|cookies?|consent|newsletter|subscribe|share|sharing|social|pagination|promo|advert|ads?)(?=$|[-_\s])/i;

export interface Heading {
  readonly node: Element;
  /** 1 to 6; 7 for a bold line that stands as one. */
  readonly level: number;
  readonly text: string;
  readonly span: Span;
}

/** The elements of a page that can hold what it is about, indexed once for all rules. */
export interface ContentIndex {
  readonly page: Page;
  readonly outline: PageOutline;
  readonly elements: readonly Element[];
  readonly headings: readonly Heading[];
  /**
   * Stretches of text that the page itself marks as being about the site, in document order, none inside another. Class
   * names only hint at that: labelled lines under such a class may still be data.
   */
  readonly asides: readonly Span[];
  readonly byClass: ReadonlyMap<string, readonly Element[]>;
  readonly byId: ReadonlyMap<string, Element>;
}

const known = new WeakMap<Page, ContentIndex>();

export function contentIndexOf(page: Page): ContentIndex {
  let index = known.get(page);
  if (!index) known.set(page, (index = build(page)));
  return index;
}

/** The whole visible text of an element as a quote. */
export function quoteElement(index: ContentIndex, node: Element): Quote {
  const text = index.outline.textOf(node);
  return { text, raw: text, path: nodePath(node) };
}

/** A stretch of an element's visible text as a quote; the range counts from the element's own start. */
export function quoteSpan(index: ContentIndex, node: Element, span: Span): Quote {
  const own = index.outline.spanOf(node) ?? span;
  const text = index.outline.text.slice(span[0], span[1]);
  const whole = own[0] === span[0] && own[1] === span[1];
  return {
    text,
    raw: text,
    path: nodePath(node),
    ...(whole ? {} : { range: [span[0] - own[0], span[1] - own[0]] as const }),
  };
}

/** The smallest element that holds a stretch of text. */
export function elementAround(index: ContentIndex, span: Span, start: Element): Element {
  let around = start;
  for (;;) {
    const inner: Element | undefined = around.children.find((child): child is Element => {
      const own = isTag(child) ? index.outline.spanOf(child) : null;
      return own !== null && own[0] <= span[0] && own[1] >= span[1];
    });
    if (!inner) return around;
    around = inner;
  }
}

export function classesOf(node: Element): string[] {
  return node.attribs["class"]?.split(/\s+/).filter(Boolean) ?? [];
}

function build(page: Page): ContentIndex {
  const outline = outlineOf(page);
  const elements: Element[] = [];
  const asides: Span[] = [];
  const byClass = new Map<string, Element[]>();
  const byId = new Map<string, Element>();
  const pending: AnyNode[] = [...page.root.children].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!isTag(node) || node.name === "head") continue;
    const span = outline.spanOf(node);
    if (isAside(node)) {
      if (span && saysAside(node)) asides.push(span);
      continue;
    }
    if (span) {
      elements.push(node);
      for (const name of classesOf(node)) pushTo(byClass, name, node);
      const id = node.attribs["id"];
      if (id && !byId.has(id)) byId.set(id, node);
    }
    for (let child = node.lastChild; child; child = child.prev) pending.push(child);
  }
  return {
    page,
    outline,
    elements,
    asides,
    byClass,
    byId,
    headings: elements.flatMap((node) => headingOf(node, outline)),
  };
}

function isAside(node: Element): boolean {
  if (saysAside(node)) return true;
  if (node.name === "header") return !existsOne(({ name }) => name === "h1", node.children);
  if (node.name === "body" || node.name === "html" || node.name === "main") return false;
  return ASIDE_WORD.test(node.attribs["class"] ?? "") || ASIDE_WORD.test(node.attribs["id"] ?? "");
}

function saysAside(node: Element): boolean {
  return ASIDE_ELEMENT.has(node.name) || ASIDE_ROLE.test(node.attribs["role"] ?? "");
}

function headingOf(node: Element, outline: PageOutline): Heading[] {
  const level = levelOf(node);
  const span = level === null ? null : outline.spanOf(node);
  if (level === null || !span || span[1] - span[0] > 120 || span[1] === span[0]) return [];
  return [{ node, level, span, text: outline.text.slice(span[0], span[1]) }];
}

function levelOf(node: Element): number | null {
  const named = /^h([1-6])$/.exec(node.name)?.[1];
  if (named !== undefined) return Number(named);
  if (node.attribs["role"] === "heading") return Number(node.attribs["aria-level"] ?? 2) || 2;
  if (/^(?:summary|legend|caption)$/.test(node.name)) return 6;
  if (node.name !== "p" && node.name !== "div") return null;
  return isBoldLine(node) || endsInColon(node) ? 7 : null;
}

/** A paragraph that is all bold, or a short one that ends in a colon, heads what follows. */
function isBoldLine(node: Element): boolean {
  const parts = node.children.filter((child) => isTag(child) || ("data" in child && child.data.trim() !== ""));
  const only = parts.length === 1 ? parts[0] : undefined;
  return only !== undefined && isTag(only) && /^(?:strong|b|u)$/.test(only.name);
}

function endsInColon(node: Element): boolean {
  const [only, second] = node.children;
  return only !== undefined && !second && isText(only) && /^\s*\p{L}[^.:\n]{2,50}:\s*$/u.test(only.data);
}

function pushTo(map: Map<string, Element[]>, key: string, node: Element): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}
