import { isTag, isText, type AnyNode, type Element, type ParentNode } from "domhandler";
import { fieldLabel, labelsById } from "../forms/field-labels.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { signalsOf } from "../outline/page-signals.ts";
import { baseUrlOf } from "../page/base-url-of.ts";
import { elementsBelow, parentOf } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { BLOCK, INVISIBLE } from "../page/text-of.ts";
import { labelOf } from "../pagination/control.ts";
import type { NumberedNode, NumberedPage, NumberOptions } from "./numbered-page.ts";
import { repeatedUnits, type RepeatedUnits } from "./repeated-units.ts";

/** How much is shown, in the order in which it is tried: less of each where the page does not fit. */
const LEVELS = [
  { records: 3, label: 90, options: 12 },
  { records: 2, label: 60, options: 8 },
  { records: 2, label: 40, options: 4 },
];
/** Icons that are shown as controls without words. */
const MOST_WORDLESS = 24;
const DEFAULT_CHARACTERS = 9_000;
const CONTROL_ROLES = new Set(["button", "link", "tab", "menuitem", "option", "checkbox", "switch"]);
const BUTTON_TYPES = new Set(["submit", "button", "image", "reset"]);

type Level = (typeof LEVELS)[number];

/** Numbers the nodes of a page that a reader could mean, and writes them down in reading order. Pure. */
export function numberPage(page: Page, options: NumberOptions = {}): NumberedPage {
  const { maxCharacters = DEFAULT_CHARACTERS } = options;
  let written: NumberedPage | null = null;
  for (const level of LEVELS) {
    written = new OutlineText(page, level, options).write();
    if (written.text.length <= maxCharacters) return written;
  }
  return cut(written ?? { text: "", nodes: new Map(), isCut: false }, maxCharacters);
}

/** What does not fit is left out at the end; the numbers that went with it are unknown. */
function cut({ text, nodes }: NumberedPage, maxCharacters: number): NumberedPage {
  const kept = text.slice(0, maxCharacters).replace(/\n[^\n]*$/, "");
  const left = new Set(Array.from(kept.matchAll(/\[(\d+)/g), ([, id]) => Number(id)));
  return {
    text: `${kept}\n… the rest of the page is left out`,
    nodes: new Map([...nodes].filter(([id]) => left.has(id))),
    isCut: true,
  };
}

/** Writes one page at one level of detail. With its own stack: hostile pages nest deeper than the call stack reaches. */
class OutlineText {
  readonly #page: Page;
  readonly #level: Level;
  readonly #hidden: ReadonlySet<string>;
  readonly #units: RepeatedUnits;
  readonly #labels: ReadonlyMap<string, string>;
  readonly #holds: Holdings;
  readonly #nodes = new Map<number, NumberedNode>();
  readonly #said = new Set<string>();
  readonly #lines: string[] = [];
  #line: string[] = [];
  #wordless = 0;
  /** End of the record that is being written: its parts stay on one line. */
  #record: { readonly node: AnyNode } | null = null;

  constructor(page: Page, level: Level, { hidden = new Set() }: NumberOptions) {
    this.#page = page;
    this.#level = level;
    this.#hidden = hidden;
    this.#units = repeatedUnits(page, level.records);
    this.#labels = labelsById(outlineOf(page));
    this.#holds = holdingsOf(page);
  }

  write(): NumberedPage {
    const open: { node: ParentNode; next: AnyNode | null }[] = [
      { node: this.#page.root, next: first(this.#page.root) },
    ];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { next } = top;
      if (!next) {
        open.pop();
        this.#leave(top.node);
        continue;
      }
      top.next = next.next;
      if (isText(next)) this.#ownText(next.data, top.node);
      else if (isTag(next) && this.#enter(next)) open.push({ node: next, next: first(next) });
    }
    this.#flush();
    return { text: this.#lines.join("\n"), nodes: this.#nodes, isCut: false };
  }

  /** Whether to go on inside. What is numbered as a whole is done. */
  #enter(element: Element): boolean {
    const counted = this.#units.counted.get(element);
    if (counted !== undefined) {
      if (counted > 0) this.#lineOf(`(and ${counted} more records like these)`);
      return false;
    }
    if (INVISIBLE.has(element.name) || isHiddenByMarkup(element) || this.#hidden.has(nodePath(element))) return false;
    const unit = this.#units.shown.get(element);
    if (unit) this.#beginRecord(element, unit);
    else if (BLOCK.has(element.name) && !this.#record) this.#flush();
    const landmark = LANDMARKS[element.name];
    if (landmark) this.#line.push(`${landmark}:`);
    return !this.#writeWhole(element);
  }

  #leave(node: ParentNode): void {
    if (this.#record?.node === node) this.#record = null;
    if (isTag(node) && BLOCK.has(node.name) && !this.#record) this.#flush();
  }

  #beginRecord(element: Element, { position, count }: { position: number; count: number }): void {
    this.#flush();
    if (position === 1) this.#lineOf(`list of ${count} records:`);
    this.#record = { node: element };
    this.#line.push(`- [${this.#number(element, { kind: "record", label: "" })} record]`);
  }

  #writeWhole(element: Element): boolean {
    const { name, attribs } = element;
    if (name === "input" && (attribs["type"] ?? "").toLowerCase() === "hidden") return true;
    if (name === "select") return this.#select(element);
    if (name === "textarea" || (name === "input" && !BUTTON_TYPES.has((attribs["type"] ?? "").toLowerCase())))
      return this.#field(element);
    if (isPressable(element)) return this.#control(element);
    return this.#leaf(element);
  }

  #control(element: Element): boolean {
    const label = this.#cut(labelOf(element, this.#page));
    const kind = element.name === "a" && element.attribs["href"] ? "link" : "button";
    // A picture link without words, and a card that is one big link, are more than a label.
    if (kind === "link" && this.#record && this.#holds.blocks.has(element)) {
      this.#line.push(`[${this.#number(element, { kind, label })} link]`);
      return false;
    }
    if (!this.#record && this.#isSaid(element, label)) return true;
    const away = this.#leadsAway(element) ? " (other site)" : "";
    this.#line.push(`[${this.#number(element, { kind, label })} ${kind} "${label}"${away}]`);
    return true;
  }

  #field(element: Element): boolean {
    const type = (element.attribs["type"] ?? (element.name === "input" ? "text" : element.name)).toLowerCase();
    const label = this.#cut(fieldLabel(element, this.#labels, outlineOf(this.#page)));
    const id = this.#number(element, { kind: "field", label, type });
    const value = type === "password" ? "" : this.#cut(element.attribs["value"] ?? "");
    const checked = "checked" in element.attribs ? " checked" : "";
    this.#line.push(`[${id} ${type} field "${label}"${value === "" ? "" : ` = "${value}"`}${checked}]`);
    return true;
  }

  #select(element: Element): boolean {
    const label = this.#cut(fieldLabel(element, this.#labels, outlineOf(this.#page)));
    const options = [...elementsBelow(element)]
      .filter(({ name }) => name === "option")
      .map((option) => {
        const text = plain(textInside(option));
        return { value: option.attribs["value"] ?? text, label: text };
      });
    const id = this.#number(element, { kind: "select", label, options });
    const shown = options.slice(0, this.#level.options).map((option, at) => `${at + 1} "${this.#cut(option.label)}"`);
    const more = options.length > shown.length ? ` (and ${options.length - shown.length} more)` : "";
    this.#line.push(`[${id} select "${label}" options: ${shown.join(", ")}${more}]`);
    return true;
  }

  /** An element of words alone is one thing to point at. */
  #leaf(element: Element): boolean {
    if (!this.#holds.text.has(element) || this.#holds.blocks.has(element) || this.#holds.controls.has(element))
      return false;
    const text = this.#cut(outlineOf(this.#page).textOf(element));
    if (text === "") return true;
    const id = this.#number(element, { kind: "text", label: text });
    this.#line.push(/^h[1-6]$/.test(element.name) ? `# [${id}] ${text}` : `[${id}] ${text}`);
    return true;
  }

  /** Words that stand beside elements. */
  #ownText(data: string, parent: ParentNode): void {
    const text = this.#cut(plain(data));
    if (!/[\p{L}\p{N}]/u.test(text) || !isTag(parent)) return;
    this.#line.push(`[${this.#number(parent, { kind: "text", label: text })}] ${text}`);
  }

  #number(element: Element, told: Omit<NumberedNode, "id" | "path">): number {
    const id = this.#nodes.size + 1;
    this.#nodes.set(id, { id, path: nodePath(element), ...told });
    return id;
  }

  /** Menus stand on a page twice or more, and pictures of links say nothing. */
  #isSaid(element: Element, label: string): boolean {
    const address = element.attribs["href"] ?? "";
    if (label === "") return this.#isLeftOut(element);
    const key = `${label} ${address}`;
    const isKnown = address !== "" && this.#said.has(key);
    this.#said.add(key);
    return isKnown;
  }

  /** A control without words means something only to who sees it; beside a link with words to the same place, nothing. */
  #isLeftOut({ name, attribs }: Element): boolean {
    const target = name === "a" ? resolveUrl(attribs["href"] ?? "", this.#page.baseUrl) : null;
    if (target !== null && (signalsOf(this.#page).linkCount.get(target) ?? 0) > 1) return true;
    return (this.#wordless += 1) > MOST_WORDLESS;
  }

  #leadsAway(element: Element): boolean {
    const { url } = this.#page;
    const target = resolveUrl(element.attribs["href"] ?? "", baseUrlOf(element, this.#page));
    const parsed = target && url ? URL.parse(target) : null;
    return parsed !== null && url !== null && /^https?:$/.test(parsed.protocol) && parsed.host !== new URL(url).host;
  }

  #cut(text: string): string {
    const clean = plain(text);
    return clean.length <= this.#level.label ? clean : `${clean.slice(0, this.#level.label - 1)}…`;
  }

  #lineOf(text: string): void {
    this.#flush();
    this.#lines.push(text);
  }

  #flush(): void {
    if (this.#line.length > 0) this.#lines.push(this.#line.join(" "));
    this.#line = [];
  }
}

const LANDMARKS: Readonly<Record<string, string>> = {
  nav: "navigation",
  footer: "footer",
  aside: "aside",
  form: "form",
  dialog: "dialog",
};

/** Which elements hold words, blocks or controls: found in one pass, because pages may nest deep. */
interface Holdings {
  readonly text: Set<Element>;
  readonly blocks: Set<Element>;
  readonly controls: Set<Element>;
}

function holdingsOf(page: Page): Holdings {
  const holds: Holdings = { text: new Set(), blocks: new Set(), controls: new Set() };
  for (const element of [...elementsBelow(page.root)].reverse()) {
    if (element.children.some((child) => isText(child) && child.data.trim() !== "")) holds.text.add(element);
    const parent = parentOf(element);
    if (!parent) continue;
    if (holds.text.has(element)) holds.text.add(parent);
    if (holds.blocks.has(element) || (element.name !== "br" && BLOCK.has(element.name))) holds.blocks.add(parent);
    const isControl = isPressable(element) || element.name === "select" || element.name === "textarea";
    if (isControl || holds.controls.has(element)) holds.controls.add(parent);
  }
  return holds;
}

const first = (node: ParentNode): AnyNode | null => node.firstChild;

/** One line, and no bracket that could be taken for a number of ours. */
const plain = (text: string): string =>
  text.replace(/\s+/g, " ").replaceAll("[", "(").replaceAll("]", ")").replaceAll('"', "'").trim();

function textInside(element: Element): string {
  return element.children.map((child) => (isText(child) ? child.data : "")).join("");
}

function isPressable({ name, attribs }: Element): boolean {
  if (name === "a") return "href" in attribs || "onclick" in attribs || attribs["role"] === "button";
  if (name === "button" || name === "summary" || name === "input") return true;
  return CONTROL_ROLES.has(attribs["role"] ?? "") || "onclick" in attribs;
}

function isHiddenByMarkup({ attribs }: Element): boolean {
  return "hidden" in attribs || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribs["style"] ?? "");
}
