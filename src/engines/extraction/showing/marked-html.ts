import { isTag, isText, type ChildNode, type Element } from "domhandler";
import { escapeAttribute, escapeText } from "entities";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { scriptText } from "../page/script-text.ts";

/** The fragment that leads to the marked node: `#gleaner-evidence`. */
export const MARK_ID = "gleaner-evidence";

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
/** What runs, asks, plays or leads elsewhere by itself. */
const DROPPED = new Set("script noscript iframe frame frameset object embed applet base link meta template".split(" "));
/** What may stay of a foreign element's attributes, beside `aria-*`. */
const KEPT = new Set(
  (
    "class id style title alt lang dir role colspan rowspan headers scope align valign width height cellpadding " +
    "cellspacing border bgcolor color start value type open datetime name for placeholder checked selected disabled label"
  ).split(" "),
);
const SHAPE = /^[a-z][a-z0-9:-]*$/;
const OUTLINE = "outline:3px solid #d6336c!important;outline-offset:2px!important;scroll-margin:30vh";

/**
 * A page as HTML that does nothing: no scripts, frames, links, forms or addresses, only what is there to be read. The node at
 * `path` is outlined and has the id `gleaner-evidence`; one that is never drawn, such as a script with data, is shown as text
 * above the page. Null when there is no such node. Without a path nothing is marked.
 */
export function markedHtml(page: Page, path: string | null): string | null {
  const target = path === null ? null : nodeAt(page.root, path);
  if (path !== null && !target) return null;
  const seen = new Writer(target);
  seen.write(page.root.children);
  const note = target && !seen.hasMarked ? noteOf(target) : "";
  return `<!doctype html>\n<meta charset="utf-8">\n<title>${escapeText(page.title)}</title>\n${note}${seen.text}`;
}

/** Writes a tree without recursion: hostile pages are ten thousand elements deep. */
class Writer {
  readonly #target: Element | null;
  readonly #parts: string[] = [];
  hasMarked = false;

  constructor(target: Element | null) {
    this.#target = target;
  }

  get text(): string {
    return this.#parts.join("");
  }

  write(nodes: readonly ChildNode[]): void {
    const waiting: (ChildNode | string)[] = [...nodes].reverse();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (typeof next === "string") this.#parts.push(next);
      else if (isText(next)) this.#parts.push(escapeText(next.data));
      else if (isTag(next)) waiting.push(...this.#open(next));
      else if ("children" in next) waiting.push(...[...next.children].reverse());
    }
  }

  /** Writes the start of an element; returns what comes after it, last first. */
  #open(element: Element): (ChildNode | string)[] {
    const { name, children } = element;
    if (DROPPED.has(name) || name === "title" || !SHAPE.test(name)) return [];
    if (name === "style") return [`<style>${styleText(element)}</style>`];
    // Elements that would end the document's own, or the form that a browser would send.
    const shown = name === "form" ? "div" : name;
    this.#parts.push(`<${shown}${this.#attributes(element)}>`);
    return VOID.has(name) ? [] : [`</${shown}>`, ...[...children].reverse()];
  }

  #attributes(element: Element): string {
    const isMarked = element === this.#target;
    if (isMarked) this.hasMarked = true;
    const kept = Object.entries(element.attribs).filter(
      ([name]) => (KEPT.has(name) || /^aria-[a-z]+$/.test(name)) && !(isMarked && name === "id"),
    );
    const attributes = new Map(kept);
    if (element.attribs["href"] !== undefined) attributes.set("title", element.attribs["href"]);
    if (isMarked) {
      attributes.set("id", MARK_ID);
      attributes.set("style", `${attributes.get("style") ?? ""};${OUTLINE}`);
    }
    return [...attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");
  }
}

/** Without anything that could end the style sheet, in HTML as in SVG. */
function styleText(element: Element): string {
  return scriptText(element).replaceAll("<", "\\3c ");
}

/** What a browser does not draw, as its source. */
function noteOf(element: Element): string {
  const attributes = Object.entries(element.attribs).map(([name, value]) => ` ${name}="${value}"`);
  const source = `<${element.name}${attributes.join("")}>${scriptText(element)}`;
  return `<pre id="${MARK_ID}" style="${OUTLINE};white-space:pre-wrap;margin:1em;padding:1em">${escapeText(source)}</pre>\n`;
}
