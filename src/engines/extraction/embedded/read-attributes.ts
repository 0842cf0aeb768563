import { isTag, type AnyNode, type Element } from "domhandler";
import { outlineOf } from "../outline/page-outline.ts";
import { nodePath } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import type { EmbeddedData, Located } from "./embedded-data.ts";

/** How a vocabulary marks items and properties: HTML microdata, or RDFa Lite. */
interface Vocabulary {
  readonly kind: "microdata" | "rdfa";
  readonly property: string;
  readonly type: string;
  readonly isItem: (attribs: Readonly<Record<string, string>>) => boolean;
}

const MICRODATA: Vocabulary = {
  kind: "microdata",
  property: "itemprop",
  type: "itemtype",
  isItem: (a) => "itemscope" in a,
};
const RDFA: Vocabulary = { kind: "rdfa", property: "property", type: "typeof", isItem: (a) => "typeof" in a };

const VALUE_ATTRIBUTE: Readonly<Record<string, string>> = {
  meta: "content",
  a: "href",
  area: "href",
  link: "href",
  audio: "src",
  embed: "src",
  iframe: "src",
  img: "src",
  source: "src",
  track: "src",
  video: "src",
  object: "data",
  data: "value",
  meter: "value",
  time: "datetime",
};

interface OpenItem {
  readonly node: Element;
  readonly entries: Map<string, Located>;
}

/** Items and properties in attributes, found in one walk with its own stack. */
export function readAttributes(page: Page): EmbeddedData[] {
  return [...readVocabulary(page, MICRODATA), ...readVocabulary(page, RDFA)];
}

function readVocabulary(page: Page, vocabulary: Vocabulary): EmbeddedData[] {
  const found: EmbeddedData[] = [];
  const open: OpenItem[] = [];
  const pending: (AnyNode | OpenItem)[] = [...page.root.children].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ("entries" in next) {
      open.pop();
      continue;
    }
    if (!isTag(next)) continue;
    const item = enter(page, next, vocabulary, open.at(-1), found);
    if (item) {
      open.push(item);
      pending.push(item);
    }
    for (let child = next.lastChild; child; child = child.prev) pending.push(child);
  }
  return found;
}

function enter(
  page: Page,
  node: Element,
  vocabulary: Vocabulary,
  parent: OpenItem | undefined,
  found: EmbeddedData[],
): OpenItem | null {
  const names = node.attribs[vocabulary.property]?.split(/\s+/).filter(Boolean) ?? [];
  if (!vocabulary.isItem(node.attribs)) {
    if (parent) for (const name of names) add(parent.entries, shortName(name), propertyValue(page, node));
    return null;
  }
  const entries = new Map<string, Located>();
  const type = node.attribs[vocabulary.type];
  if (type)
    entries.set("@type", {
      kind: "string",
      value: shortName(type),
      place: { path: nodePath(node), attribute: vocabulary.type },
      range: null,
    });
  const item: Located = { kind: "object", entries };
  if (parent && names.length > 0) for (const name of names) add(parent.entries, shortName(name), item);
  else found.push({ kind: vocabulary.kind, name: type ? shortName(type) : null, value: item });
  return { node, entries };
}

function propertyValue(page: Page, node: Element): Located {
  const path = nodePath(node);
  for (const attribute of ["content", VALUE_ATTRIBUTE[node.name]]) {
    const value = attribute === undefined ? undefined : node.attribs[attribute];
    if (attribute !== undefined && value !== undefined) {
      return { kind: "string", value, place: { path, attribute }, range: null };
    }
  }
  return { kind: "string", value: outlineOf(page).textOf(node), place: { path }, range: null };
}

/** A property that comes again becomes a list. */
export function add(entries: Map<string, Located>, name: string, value: Located): void {
  const before = entries.get(name);
  if (!before) entries.set(name, value);
  else if (before.kind === "array") entries.set(name, { kind: "array", items: [...before.items, value] });
  else entries.set(name, { kind: "array", items: [before, value] });
}

/** `https://schema.org/Recipe` and `schema:Recipe` are both called `Recipe`. */
export function shortName(name: string): string {
  return name.trim().replace(/^.*[/#]|^schema:/, "") || name;
}
