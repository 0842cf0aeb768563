import { isTag, isText, type AnyNode, type ParentNode } from "domhandler";
import { BLOCK, INVISIBLE } from "../page/text-of.ts";

const INLINE = new Set(
  (
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img input ins kbd label link mark meta nobr output q " +
    "rp rt ruby s samp slot small span strike strong sub sup time tt u var wbr button picture source video audio canvas map area " +
    "select textarea progress meter param embed track noindex"
  ).split(" "),
);

/** Names of our own making (`<item>`, `<app-card>`) are boxes, as those who invent them mean them. */
const isBlock = (name: string): boolean => BLOCK.has(name) || !INLINE.has(name);

/** A child of a container that could be a record, or a line of inline content between breaks. */
export interface Item {
  readonly nodes: readonly AnyNode[];
  readonly kind: "element" | "line";
  /** A rule (`<hr>`) stands right before it. */
  readonly isParted?: boolean;
}

/**
 * Cuts the content of a container into items: block children stand alone, inline content is cut into lines at `<br>`
 * and `<hr>`. Where a container holds nothing but inline elements, each of them is an item.
 */
export function itemsOf(container: ParentNode): Item[] {
  const items: Item[] = [];
  let run: AnyNode[] = [];
  let hasBreak = false;
  let isParted = false;
  const add = (nodes: readonly AnyNode[], kind: Item["kind"]): void => {
    items.push(isParted ? { nodes, kind, isParted } : { nodes, kind });
    isParted = false;
  };
  const flush = (): void => {
    if (run.some(isContent)) add(run, "line");
    run = [];
  };
  for (let child = container.firstChild; child; child = child.next) {
    if (isTag(child) && INVISIBLE.has(child.name)) continue;
    if (isTag(child) && (child.name === "br" || child.name === "hr")) {
      hasBreak = true;
      flush();
      isParted ||= child.name === "hr";
    } else if (isTag(child) && (isBlock(child.name) || holdsBlock(child))) {
      hasBreak = true;
      flush();
      add([child], "element");
    } else if (isTag(child) || isText(child)) {
      run.push(child);
      if (isTag(child) && endsWithBreak(child)) {
        hasBreak = true;
        flush();
      }
    }
  }
  if (hasBreak) flush();
  else for (const item of inlineItems(run)) items.push(item);
  return items;
}

function inlineItems(run: readonly AnyNode[]): Item[] {
  if (run.some((node) => isText(node) && /[\p{L}\p{N}]/u.test(node.data))) return [{ nodes: run, kind: "line" }];
  return run.filter((node) => isTag(node)).map((node) => ({ nodes: [node], kind: "element" }));
}

/** `<a>Agenda<br></a>`: the break ends the line as if it stood after the link. */
function endsWithBreak(node: ParentNode): boolean {
  for (let last = node.lastChild; last; last = last.prev) {
    if (isTag(last)) return last.name === "br" || endsWithBreak(last);
    if (isContent(last)) return false;
  }
  return false;
}

const isContent = (node: AnyNode): boolean => (isText(node) ? /\S/.test(node.data) : isTag(node));

/** Old pages wrap whole blocks in `<font>` or `<a>`, or several lines in a `<span>`: a look two levels deep is enough. */
function holdsBlock(node: ParentNode, depth = 0): boolean {
  let broken = false;
  for (let child = node.firstChild; child; child = child.next) {
    if (broken && isContent(child)) return true;
    if (!isTag(child)) continue;
    if (child.name === "br") broken = node.firstChild !== child;
    else if (isBlock(child.name) || (depth < 2 && holdsBlock(child, depth + 1))) return true;
  }
  return false;
}
