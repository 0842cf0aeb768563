import { isTag, isText, type AnyNode, type Element, type ParentNode } from "domhandler";
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
  /** A rule (`<hr>`) or an empty line stands right before it. */
  readonly isParted?: boolean;
}

/**
 * Cuts the content of a container into items: block children stand alone, inline content is cut into lines at `<br>`
 * and `<hr>`. Where a container holds nothing but inline elements, each of them is an item.
 */
export function itemsOf(container: ParentNode): Item[] {
  const items: Item[] = [];
  const lone = new Map<Item, Element>();
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
    hasBreak = true;
  };
  const take = (child: AnyNode): void => {
    if (isTag(child) && INVISIBLE.has(child.name)) return;
    if (isTag(child) && (child.name === "br" || child.name === "hr")) {
      const [only] = run;
      const isEmpty = !run.some(isContent);
      flush();
      const last = items.at(-1);
      if (last && only && last.nodes.length === 1 && last.nodes[0] === only) lone.set(last, child);
      isParted ||= child.name === "hr" || isEmpty;
    } else if (isTag(child) && stylesLines(child)) child.children.forEach(take);
    else if (isTag(child) && (isBlock(child.name) || holdsBlock(child))) {
      flush();
      add([child], "element");
    } else if (isTag(child) || isText(child)) {
      run.push(child);
      if (isTag(child) && endsWithBreak(child)) flush();
    }
  };
  for (let child = container.firstChild; child; child = child.next) take(child);
  if (hasBreak) flush();
  else for (const item of inlineItems(run)) items.push(item);
  return evenLines(items, lone);
}

/** The nodes of neighbouring items, with the breaks that stand between them: what is on another line is another text. */
export function nodesAcross(items: readonly Item[]): AnyNode[] {
  return items.flatMap(({ nodes }, at) => (at + 1 < items.length ? [...nodes, ...breaksAfter(nodes)] : nodes));
}

function breaksAfter(nodes: readonly AnyNode[]): AnyNode[] {
  const breaks: AnyNode[] = [];
  for (let node = nodes.at(-1)?.next; node && !isContentBesideBreaks(node); node = node.next)
    if (isTag(node)) breaks.push(node);
  return breaks;
}

const isContentBesideBreaks = (node: AnyNode): boolean => isContent(node) && !(isTag(node) && node.name === "br");

const STYLING = new Set("b big center em font i small strong u".split(" "));
const FEWEST_LINES = 3;

/** Styling around several lines, most with links of their own: the lines stand among those outside of it. */
function stylesLines({ name, children }: Element): boolean {
  if (!STYLING.has(name)) return false;
  const inside = children.filter((child) => isTag(child));
  const [first] = inside;
  if (first && inside.length === 1) return stylesLines(first);
  const names = inside.map((child) => child.name);
  const links = names.filter((one) => one === "a").length;
  return links >= FEWEST_LINES && links * 2 >= names.filter((one) => one === "br").length && names.includes("br");
}

/**
 * A line that is one element, and another that has a space beside its element, are built alike: where lines are runs of
 * nodes, one that is a single element is a run too, with the break that ends it.
 */
function evenLines(items: Item[], lone: ReadonlyMap<Item, Element>): Item[] {
  if (lone.size === 0 || !items.some(({ kind, nodes }) => kind === "line" && nodes.length > 1)) return items;
  return items.map((item) => {
    const end = lone.get(item);
    return end ? { ...item, nodes: [...item.nodes, end] } : item;
  });
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
