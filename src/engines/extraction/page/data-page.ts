import { Document, Element, Text } from "domhandler";
import type { BuiltTree } from "./build-tree.ts";
import { nodeAt } from "./node-path.ts";
import type { Page } from "./page.ts";
import { scriptText } from "./script-text.ts";

const DATA_TYPE = /^\s*(?:application|text)\/(?:[\w.+-]*\+)?json\b/i;
const BEGINS_LIKE_DATA = /^\s*(?:\)\]\}',?\s*)?[[{]/;

/** Whether an answer is data for programs, not markup: its type says so, and it begins like it. */
export function isData(contentType: string | null | undefined, text: string): boolean {
  return DATA_TYPE.test(contentType ?? "") && BEGINS_LIKE_DATA.test(text);
}

/**
 * JSON as a page that holds nothing but a script with it: what reads data that pages carry reads it too, and a quote has a
 * place in it, the script and a range of its text.
 */
export function dataTree(text: string): BuiltTree {
  const script = new Element("script", { type: "application/json" }, [new Text(text)]);
  const body = new Element("body", {}, [script]);
  const html = new Element("html", {}, [body]);
  const root = new Document([html]);
  for (const parent of [root, html, body, script]) for (const child of parent.children) child.parent = parent;
  for (const element of [html, body, script]) element.namespace = "http://www.w3.org/1999/xhtml";
  return { root, bases: [], titles: [], preformatted: [], controls: [] };
}

/** The text of a page that is data; null where the page is markup. */
export function dataText({ isData: isJson, root }: Pick<Page, "isData" | "root">): string | null {
  const script = isJson ? nodeAt(root, SCRIPT) : null;
  return script && scriptText(script);
}

const SCRIPT = "/html[1]/body[1]/script[1]";
