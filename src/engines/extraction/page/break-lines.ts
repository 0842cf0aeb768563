import { Element, Text, isTag, isText, type ChildNode } from "domhandler";

/** Elements in which the end of a line ends a line. */
export const PREFORMATTED = new Set(["pre", "listing", "xmp"]);
/** What may stand around lines. A link that goes on below is one all the same; source code is no list, and all else has lines of its own. */
const IN_LINES = new Set("b big del em font i ins mark nobr s small span strike strong tt u".split(" "));
/** Longer texts are left as they stand. */
const MOST_LINES = 20_000;
const HTML = "http://www.w3.org/1999/xhtml";

/**
 * Puts a `<br>` where a line of preformatted text ends: what people see as lines are lines to all later rules. Its text and
 * the paths of all other elements stay what they are.
 */
export function breakLines(preformatted: readonly Element[]): void {
  let left = MOST_LINES;
  for (const top of preformatted) {
    const pending = [top];
    for (let node = pending.pop(); node && left > 0; node = pending.pop()) {
      if (node.children.some((child) => isText(child) && child.data.includes("\n"))) left -= breakTexts(node, left);
      for (const child of node.children) if (isTag(child) && IN_LINES.has(child.name)) pending.push(child);
    }
  }
}

/** Breaks the texts right inside an element, as long as they have no more lines than allowed; returns how many ended. */
function breakTexts(parent: Element, most: number): number {
  let ended = 0;
  const children = parent.children.flatMap((child): ChildNode[] => {
    const lines = isText(child) ? child.data.split("\n") : [];
    if (lines.length < 2 || ended + lines.length > most) return [child];
    ended += lines.length - 1;
    return lines.flatMap((line, at) => [...(at > 0 ? [lineEnd()] : []), ...(line === "" ? [] : [new Text(line)])]);
  });
  relink(parent, children);
  return ended;
}

function lineEnd(): Element {
  const end = new Element("br", {}, []);
  end.namespace = HTML;
  return end;
}

function relink(parent: Element, children: ChildNode[]): void {
  children.forEach((child, at) => {
    child.parent = parent;
    child.prev = children[at - 1] ?? null;
    child.next = children[at + 1] ?? null;
  });
  parent.children = children;
}
