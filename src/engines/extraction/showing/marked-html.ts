import { isTag, isText, type ChildNode, type Element } from "domhandler";
import { escapeAttribute, escapeText } from "entities";
import { dataText } from "../page/data-page.ts";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { scriptText } from "../page/script-text.ts";
import { indentJson, type Stretch } from "./indent-json.ts";

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
const HEAD = `<!doctype html>\n<meta charset="utf-8">\n`;
const NOTE = "white-space:pre-wrap;overflow-wrap:anywhere;margin:1em;padding:1em";
const OUTLINE = "outline:3px solid #d6336c!important;outline-offset:2px!important;scroll-margin:30vh";

/**
 * A page as HTML that does nothing: no scripts, frames, links, forms or addresses, only what is there to be read. The node at
 * `path` is outlined and has the id `gleaner-evidence`; one that is never drawn, such as a script with data, is shown as text
 * above the page, with the value at `range` outlined in it. An answer that is data is shown line by line. Null when there is no
 * such node. Without a path nothing is marked.
 */
export function markedHtml(page: Page, path: string | null, range: Stretch | null = null): string | null {
  const target = path === null ? null : nodeAt(page.root, path);
  if (path !== null && !target) return null;
  const data = dataText(page);
  if (data !== null) return `${HEAD}<title>Data</title>\n${dataNote(data, range)}`;
  const seen = new Writer(target);
  seen.write(page.root.children);
  const note = target && !seen.hasMarked ? noteOf(target, range) : "";
  return `${HEAD}<title>${escapeText(page.title)}</title>\n${note}${seen.text}`;
}

/** Where the marked value of an answer that is data stands in `markedHtml`. */
export const MARKED_DATA_PATH = "/html[1]/body[1]/pre[1]/mark[1]";

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

/** What a browser does not draw, as its source; the value in it outlined, where one is meant. */
function noteOf(element: Element, range: Stretch | null): string {
  const attributes = Object.entries(element.attribs).map(([name, value]) => ` ${name}="${value}"`);
  const tag = `<${element.name}${attributes.join("")}>`;
  const source = scriptText(element);
  const marked = range && within(range, source);
  if (!marked) return `<pre id="${MARK_ID}" style="${OUTLINE};${NOTE}">${escapeText(tag + source)}</pre>\n`;
  return `<pre style="${NOTE}">${escapeText(tag)}${withMark(source, marked)}</pre>\n`;
}

function dataNote(source: string, range: Stretch | null): string {
  const { text, stretch } = indentJson(source, range && within(range, source));
  return `<pre style="${NOTE}">${stretch ? withMark(text, stretch) : escapeText(text)}</pre>\n`;
}

function within([from, to]: Stretch, source: string): Stretch | null {
  return from >= 0 && from < to && to <= source.length ? [from, to] : null;
}

function withMark(text: string, [from, to]: Stretch): string {
  const mark = `<mark id="${MARK_ID}" style="${OUTLINE}">${escapeText(text.slice(from, to))}</mark>`;
  return escapeText(text.slice(0, from)) + mark + escapeText(text.slice(to));
}
