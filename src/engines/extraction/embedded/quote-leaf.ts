import { decodeHTML } from "entities";
import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { scriptText } from "../page/script-text.ts";
import { textOf } from "../page/text-of.ts";
import type { Located } from "./embedded-data.ts";

export type Scalar = Exclude<Located, { kind: "array" | "object" }>;

export interface LeafQuote {
  readonly raw: string;
  readonly path: string;
  readonly attribute?: string;
  readonly range?: readonly [number, number];
}

/** The quote of a scalar as the page has it, and where it stands. */
export function quoteLeaf(page: Page, leaf: Scalar): LeafQuote {
  const { path, attribute } = leaf.place;
  const node = nodeAt(page.root, path);
  const source = sourceOf(node, attribute);
  return {
    raw: leaf.range ? source.slice(leaf.range[0], leaf.range[1]) : source,
    path,
    ...(attribute === undefined ? {} : { attribute }),
    ...(leaf.range === null ? {} : { range: leaf.range }),
  };
}

/** What a scalar says to a reader: tags and entities of embedded HTML undone, whitespace collapsed. */
export function leafText(leaf: Located): string {
  if (leaf.kind === "number" || leaf.kind === "boolean") return String(leaf.value);
  return leaf.kind === "string" ? cleanText(leaf.value) : "";
}

/** A no-break space whose UTF-8 was taken for Latin-1 and encoded once more; nobody writes it otherwise. */
const TWICE_ENCODED_SPACE = /\u00c2\u00a0/g;

/** HTML and entities undone (twice escaped ones too), also spaces that were encoded twice, whitespace collapsed. */
export function cleanText(text: string): string {
  let clean = text;
  for (let pass = 0; pass < 2 && /[<&]/.test(clean); pass += 1) {
    clean = decodeHTML(clean.replace(/<(?:!--[^]*?--|\/?[a-z][^<>]*)>/gi, " "));
  }
  return clean.replace(TWICE_ENCODED_SPACE, " ").replace(/\s+/g, " ").trim();
}

function sourceOf(node: ReturnType<typeof nodeAt>, attribute: string | undefined): string {
  if (!node) return "";
  if (attribute !== undefined) return node.attribs[attribute] ?? "";
  return node.name === "script" ? scriptText(node) : textOf(node);
}
