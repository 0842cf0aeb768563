import { isTag, isText, type AnyNode, type ParentNode } from "domhandler";

export const INVISIBLE = new Set(["script", "style", "noscript", "template", "head", "svg", "iframe", "object"]);
export const BLOCK = new Set(
  (
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);

/** The text a person would read in a node, whitespace collapsed to single spaces. Blocks and cells are separated. */
export function textOf(node: AnyNode): string {
  const only = "children" in node && node.children.length === 1 ? node.children[0] : null;
  // A cell or a link with nothing but words: most nodes that are asked for.
  if (only && isText(only)) return collapse(only.data);
  const parts: string[] = [];
  collect(node, parts);
  return collapse(parts.join(""));
}

/** Space that is not one blank, and signs that nobody sees: where a word may break, which way it runs. */
const LOOSE = /[^\S ]| {2}|[\u00AD\u200B\u200E\u200F\u2060]/;
const UNSEEN = /[\u00AD\u200B\u200E\u200F\u2060]+/g;

/** Every run of whitespace as one blank, none at the ends, nothing unseen. Most texts are so already, and looking is cheap. */
export function collapse(text: string): string {
  const trimmed = text.trim();
  return LOOSE.test(trimmed) ? trimmed.replace(UNSEEN, "").replace(/\s+/g, " ").trim() : trimmed;
}

/** Walks with its own stack: hostile pages nest deeper than the call stack reaches. */
function collect(start: AnyNode, parts: string[]): void {
  const pending: (AnyNode | " ")[] = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === " ") parts.push(" ");
    else if (isText(node)) parts.push(node.data);
    else if ("children" in node) descend(node, pending, node !== start);
  }
}

function descend(node: ParentNode, pending: (AnyNode | " ")[], skipsInvisible: boolean): void {
  const name = isTag(node) ? node.name : "";
  if (skipsInvisible && INVISIBLE.has(name)) return;
  const separates = BLOCK.has(name);
  if (separates) pending.push(" ");
  for (let child = node.lastChild; child; child = child.prev) pending.push(child);
  if (separates) pending.push(" ");
}
