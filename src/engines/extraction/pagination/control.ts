import { isTag, type Element } from "domhandler";
import { outlineOf } from "../outline/page-outline.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import { closest, elementsBelow, parentOf } from "../page/elements.ts";
import { isForReaders } from "../page/for-readers.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { numberDifference } from "./address-numbers.ts";
import { readPagerLabel, type Arrow, type PagerLabel } from "./pager-words.ts";

/** Something that a person can press: a link or a button. */
export interface Control {
  /** Position among all controls of the page, from 0. */
  readonly index: number;
  readonly node: Element;
  /** Absolute address, without script; empty where there is none. */
  readonly url: string;
  /** `href` as written. */
  readonly href: string;
  /** What runs when it is pressed: `onclick`, or the script of a `javascript:` address. */
  readonly script: string;
  /** What a person reads, or hears, as its name. */
  readonly label: string;
  readonly said: PagerLabel;
  /** Reading of `title` and `aria-label`, where they differ from the label. */
  readonly hint: PagerLabel | null;
  /** Words of class, id, name and rel. */
  readonly tokens: ReadonlySet<string>;
  readonly isDisabled: boolean;
}

/** Characters of class, id, name and rel that are read. */
const MAX_NAMES = 1000;
const BUTTON_INPUTS = new Set(["submit", "image", "button"]);

const READ = new WeakMap<Page, readonly Control[]>();

/** All controls of a page in document order. */
export function controlsOf(page: Page): readonly Control[] {
  const known = READ.get(page);
  if (known) return known;
  const controls: Control[] = [];
  for (const node of elementsBelow(page.root))
    if (isControl(node, page)) controls.push(readControl(node, page, controls.length));
  READ.set(page, controls);
  return controls;
}

function isControl(node: Element, page: Page): boolean {
  const { name, attribs } = node;
  if (name === "a") return "href" in attribs || "onclick" in attribs || attribs["role"] === "button" || isWired(node);
  if (name === "input") return BUTTON_INPUTS.has((attribs["type"] ?? "").toLowerCase());
  return name === "button" || attribs["role"] === "button" || isPressed(node, page);
}

/** Anything may listen to a press; what then has the label of a pager's control is one: `<span onclick="…">3</span>`. */
function isPressed(node: Element, page: Page): boolean {
  if (!("onclick" in node.attribs) || !PRESSED.has(node.name)) return false;
  const { word, arrow, number } = readPagerLabel(labelOf(node, page));
  return word !== null || arrow !== null || number !== null;
}

const PRESSED = new Set(["span", "div", "li", "td", "b", "i", "em", "strong", "img", "label", "p"]);

/** A link without an address that says what it moves: scripts of tables make such pagers. */
export function isWired({ attribs }: Element): boolean {
  return "aria-controls" in attribs || ("tabindex" in attribs && attribs["tabindex"] !== "-1");
}

function readControl(node: Element, page: Page, index: number): Control {
  const { attribs } = node;
  const href = (attribs["href"] ?? "").trim();
  const isScript = /^javascript:/i.test(href);
  const isAddress = href !== "" && !isScript && !href.startsWith("#") && !/^(mailto|tel|data|about|blob):/i.test(href);
  const label = labelOf(node, page);
  const read = readPagerLabel(label);
  const script = `${isScript ? safeDecode(href.slice("javascript:".length)) : ""} ${attribs["onclick"] ?? ""}`.trim();
  const written = isAddress ? href : (addressGoneTo(script) ?? "");
  const url = written === "" ? "" : (resolveUrl(written, baseUrlOf(node, page)) ?? written);
  const isBare = read.wordCount === 0 && read.number === null;
  const arrow = isBare && read.arrow === null ? iconArrow(node) : read.arrow;
  const said = { ...read, arrow: isBare && arrow !== null && isRightToLeft(node) ? turned(arrow, url, page) : arrow };
  const hint = attribs["aria-label"] ?? attribs["title"] ?? "";
  return {
    index,
    node,
    url,
    href,
    script,
    label,
    said,
    hint: hint.trim() !== "" && hint !== label ? readPagerLabel(hint) : null,
    tokens: tokensOf(node),
    isDisabled: isDisabled(node),
  };
}

const GOES_TO =
  /^\s*(?:return\s+)?(?:(?:window|document|self|top|parent)\.)?location(?:\.href)?\s*(?:=|\.(?:assign|replace)\()\s*(['"])([^'"<>\s]{1,2000})\1\s*\)?\s*;?\s*(?:return\s+\w+;?)?\s*$/;

/** The address that a script goes to, where that is all it does: `location.href='/list?page=2'`. */
function addressGoneTo(script: string): string | null {
  if (script.length > 2100) return null;
  const address = GOES_TO.exec(script)?.[2] ?? null;
  return address === null || /^(?:javascript|data|vbscript):/i.test(address) ? null : address;
}

/** Visible text, else the text of pictures, else the name given to screen readers. */
export function labelOf(node: Element, page: Page): string {
  const { attribs } = node;
  if (node.name === "input") return attribs["value"] ?? attribs["alt"] ?? attribs["title"] ?? "";
  const text = outlineOf(page).textOf(node);
  if (text !== "") return saidTwice(node, page) ?? text;
  for (const inner of elementsBelow(node)) if (inner.attribs["alt"]?.trim()) return inner.attribs["alt"].trim();
  return (attribs["aria-label"] ?? attribs["title"] ?? "").trim();
}

const HIDDEN = /(?:^|[\s-])hidden(?=\s|$)/i;

/** What stands there once for eyes and once for screen readers: "2" beside a hidden "2" is no 22. */
function saidTwice(node: Element, page: Page): string | null {
  const parts = node.children.filter(isTag);
  const [first, second] = parts.map((part) => outlineOf(page).textOf(part));
  const isUnseenOrUnheard = (part: Element): boolean =>
    isForReaders(part) || part.attribs["aria-hidden"] === "true" || HIDDEN.test(part.attribs["class"] ?? "");
  return parts.length === 2 && first !== undefined && first === second && parts.some(isUnseenOrUnheard) ? first : null;
}

/** Words of the names that authors give to an element: `nextPage`, `page-next` and `pager__next` all hold "next". */
export function tokensOf(node: Element): Set<string> {
  const { attribs } = node;
  const names = [attribs["class"], attribs["id"], attribs["name"], attribs["rel"]].filter((name) => name).join(" ");
  const words = names
    .slice(0, MAX_NAMES)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return new Set(words.split(/[^a-z]+/).filter((word) => word !== ""));
}

function isRightToLeft(node: Element): boolean {
  const directed = closest(node, ({ attribs }) => attribs["dir"] !== undefined);
  return directed?.attribs["dir"]?.toLowerCase() === "rtl";
}

/**
 * Where writing runs to the left, the arrow to the left leads on; yet many such pages keep their arrows as they were.
 * What the address counts decides; without it the arrow is read in the direction of the page.
 */
function turned(arrow: Arrow, url: string, page: Page): Arrow {
  const isFar = arrow === "far-left" || arrow === "far-right";
  const difference = page.url === null ? null : numberDifference(page.url, url);
  const leadsOn = difference ? difference.to > difference.from : arrow === "left" || arrow === "far-left";
  if (leadsOn) return isFar ? "far-right" : "right";
  return isFar ? "far-left" : "left";
}

/** Pictures of arrows say what they are in their class or file name. */
function iconArrow(node: Element): Arrow | null {
  for (const inner of [node, ...elementsBelow(node)]) {
    const names = `${inner.attribs["class"] ?? ""} ${inner.attribs["src"] ?? ""} ${inner.attribs["xlink:href"] ?? inner.attribs["href"] ?? ""}`;
    const sign =
      inner === node
        ? null
        : /(?:chevron|angle|arrow|caret|pfeil|fleche|navigate|keyboard)[\w-]*?[-_]?(right|next|forward|left|prev|back)/i.exec(
            names,
          );
    const file = isPicture(inner)
      ? /(?:^|[/_-])(right|next|left|prev)[\w-]*\.(?:gif|png|svg|jpe?g|webp)/i.exec(names)
      : null;
    const side = (sign ?? file)?.[1]?.toLowerCase();
    if (side) return /left|prev|back/.test(side) ? "left" : "right";
  }
  return null;
}

function isPicture({ name, attribs }: Element): boolean {
  return name === "img" || (name === "input" && attribs["type"]?.toLowerCase() === "image");
}

function isDisabled(node: Element): boolean {
  const around = parentOf(node);
  const tokens = [node, around].flatMap((element) =>
    element ? (element.attribs["class"] ?? "").slice(0, MAX_NAMES).split(/\s+/) : [],
  );
  return (
    "disabled" in node.attribs ||
    (node.name !== "a" && /^\s*return false;?\s*$/.test(node.attribs["onclick"] ?? "")) ||
    node.attribs["aria-disabled"] === "true" ||
    tokens.some((token) => /(^|[-_])(disabled|inactive|unavailable)$/i.test(token))
  );
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
