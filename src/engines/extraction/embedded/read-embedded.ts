import { isTag, type AnyNode, type Element } from "domhandler";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { scriptText } from "../page/script-text.ts";
import type { EmbeddedData, Located } from "./embedded-data.ts";
import { add, readAttributes, shortName } from "./read-attributes.ts";
import { readJsonLd, readJsonScript, readProgram } from "./read-scripts.ts";

/** Scripts that hold data, not programs. */
const JSON_TYPE = /^(?:application|text)\/(?:[\w.+-]*\+)?json\b/i;
const PROGRAM_TYPE = /^(?:|module|(?:application|text)\/(?:x-)?(?:java|ecma)script.*)$/i;
/** All scripts of a page together; what comes after is not read. */
const MAX_SCRIPT_CHARACTERS = 12_000_000;

/** Shorter attributes configure a widget. */
const MIN_STATE_ATTRIBUTE = 200;

const known = new WeakMap<Page, readonly EmbeddedData[]>();

/** All data a page carries in JSON-LD, microdata, RDFa Lite, script state and meta tags, in document order per kind. */
export function readEmbedded(page: Page): readonly EmbeddedData[] {
  let found = known.get(page);
  if (!found) known.set(page, (found = readAll(page)));
  return found;
}

function readAll(page: Page): EmbeddedData[] {
  const { scripts, metas, holders } = findElements(page);
  const found: EmbeddedData[] = [];
  let left = MAX_SCRIPT_CHARACTERS;
  for (const script of scripts) {
    const text = scriptText(script);
    if ((left -= text.length) < 0) break;
    found.push(...readScript(script, text));
  }
  for (const { node, attribute } of holders) {
    const text = node.attribs[attribute] ?? "";
    if ((left -= text.length) < 0) break;
    for (const value of readJsonLd(text, { path: nodePath(node), attribute })) {
      found.push({ kind: "state", name: attribute, value });
    }
  }
  const meta = readMeta(metas);
  return [...found, ...readAttributes(page), ...(meta ? [meta] : [])];
}

function readScript(script: Element, text: string): EmbeddedData[] {
  const type = script.attribs["type"]?.trim() ?? "";
  const place = { path: nodePath(script) };
  if (/ld\+json/i.test(type)) return readJsonLd(text, place).flatMap(graphItems).map(jsonLdItem);
  if (JSON_TYPE.test(type)) return readJsonScript(text, place, script);
  return PROGRAM_TYPE.test(type) && text.length > 8 ? readProgram(text, place) : [];
}

/** The items of an array or a `@graph`, each on its own. */
function graphItems(value: Located): Located[] {
  if (value.kind === "array")
    return value.items.flatMap((item) => (item.kind === "array" ? [...item.items] : graphItems(item)));
  if (value.kind !== "object") return [];
  const graph = value.entries.get("@graph");
  if (graph?.kind !== "array" && graph?.kind !== "object") return [value];
  const items = graph.kind === "array" ? [...graph.items] : [graph];
  return value.entries.has("@type") ? [value, ...items] : items;
}

function jsonLdItem(value: Located): EmbeddedData {
  return { kind: "json-ld", name: typeName(value), value };
}

/** The schema.org type of an item, the first where it has several. */
export function typeName(value: Located): string | null {
  if (value.kind !== "object") return null;
  const type = value.entries.get("@type");
  const first = type?.kind === "array" ? type.items[0] : type;
  return first?.kind === "string" ? shortName(first.value) : null;
}

function readMeta(metas: readonly Element[]): EmbeddedData | null {
  const entries = new Map<string, Located>();
  for (const node of metas) {
    const isLink = node.name === "link";
    const name = isLink ? node.attribs["rel"] : (node.attribs["property"] ?? node.attribs["name"]);
    const attribute = isLink ? "href" : "content";
    const value = node.attribs[attribute];
    if (!name || !value || (isLink && name.toLowerCase() !== "canonical")) continue;
    add(entries, name.toLowerCase(), {
      kind: "string",
      value,
      place: { path: nodePath(node), attribute },
      range: null,
    });
  }
  return entries.size === 0 ? null : { kind: "meta", name: null, value: { kind: "object", entries } };
}

interface Holder {
  readonly node: Element;
  readonly attribute: string;
}

function findElements(page: Page): { scripts: Element[]; metas: Element[]; holders: Holder[] } {
  const [scripts, metas, holders]: [Element[], Element[], Holder[]] = [[], [], []];
  const pending: AnyNode[] = [...page.root.children].reverse();
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!isTag(node)) continue;
    if (node.name === "script") scripts.push(node);
    else if (node.name === "meta" || node.name === "link") metas.push(node);
    else {
      const attribute = stateAttribute(node);
      if (attribute !== undefined) holders.push({ node, attribute });
      for (let child = node.lastChild; child; child = child.prev) pending.push(child);
    }
  }
  return { scripts, metas, holders };
}

/** State that a page hands to its components in an attribute: `<div data-page="{…}">`, `<rows :items="[…]">`. */
function stateAttribute({ attribs }: Element): string | undefined {
  return Object.keys(attribs).find((name) => {
    const value = attribs[name] ?? "";
    return (
      value.length >= MIN_STATE_ATTRIBUTE &&
      /^(?:data-|:|v-bind:|props$)/.test(name) &&
      /^\s*(?:\{\s*"|\[\s*[{[])/.test(value)
    );
  });
}
