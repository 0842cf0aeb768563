import { isTag, type AnyNode, type Element } from "domhandler";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { isHeaderRow } from "../columns/table-header.ts";
import { withoutAdvertisements } from "./advertisement.ts";
import { periodOf } from "./alternating-rows.ts";
import type { Candidate, RecordUnit } from "./candidate.ts";
import { itemsOf, nodesAcross, type Item } from "./items.ts";
import { partedGroups } from "./parted-groups.ts";
import { likeness, shapeOf, typicalShape, type Shape } from "./shape.ts";

export const LEAST_LIKENESS = 0.4;
const MAX_CLUSTERS = 12;

export interface ShapedItem extends Item {
  readonly shape: Shape;
  readonly tag: string;
}

interface Cluster {
  readonly tag: string;
  readonly first: Shape;
  readonly members: number[];
}

/** The runs among the children of one container: children that are alike (or alone), and groups of neighbours. */
export function findRuns(container: Element, page: Page): Candidate[] {
  if (isPlainText(container)) return [];
  const items = shapedItems(container, page);
  if (items.length === 0) return [];
  const clusters = cluster(items);
  const found: Candidate[] = [];
  for (const { members } of clusters) {
    const units = members.map((at) => items[at]).filter((item) => item !== undefined);
    found.push(
      candidate(
        container,
        page,
        units.map(({ nodes }) => nodes),
        units[0]?.kind ?? "element",
        null,
      ),
    );
    const paired = pairedRows(container, page, items, members);
    if (paired) found.push(paired);
    const group = members.length < 2 ? null : groupFrom(container, page, items, members);
    if (group) found.push(group);
  }
  const parted = partedGroups(items, outlineOf(page));
  if (parted)
    found.push(alikeOnly({ ...candidate(container, page, nodesOf(parted), "group", null), isParted: true }, page));
  return found.filter(({ units }) => units.length > 0);
}

/** Between rules stands also what is no record. */
function alikeOnly(list: Candidate, page: Page): Candidate {
  const units = list.units.filter(({ nodes }) => likeness(list.shape, shapeOf(nodes, page)) >= LEAST_LIKENESS);
  return { ...list, units };
}

const nodesOf = (groups: readonly (readonly ShapedItem[])[]): AnyNode[][] => groups.map((group) => nodesAcross(group));

/** Cells, links and styled words with nothing but text inside are the most numerous elements of a page, and no lists. */
function isPlainText({ name, firstChild }: Element): boolean {
  return firstChild !== null && firstChild.next === null && !isTag(firstChild) && name !== "p" && name !== "div";
}

/** What could be a record in a container, with its shape. Header rows of tables are left out. */
export function shapedItems(container: Element, page: Page): ShapedItem[] {
  const outline = outlineOf(page);
  const items = itemsOf(container).map((item) => ({ ...item, shape: shapeOf(item.nodes, page), tag: tagOf(item) }));
  const shown = withoutAdvertisements(items, outline);
  return shown.some(({ tag }) => tag === "tr") ? withoutHeaderRows(shown, outline) : [...shown];
}

function withoutHeaderRows(items: readonly ShapedItem[], outline: PageOutline): ShapedItem[] {
  let telling = 0;
  let rows = 0;
  for (const { nodes, tag } of items) {
    if (tag !== "tr" || !nodes.some((row) => outline.textOf(row) !== "")) continue;
    rows += 1;
    if (nodes.some((row) => isTag(row) && tells(row, outline))) telling += 1;
  }
  const wordy = telling >= rows * 0.6;
  return items.filter(
    ({ nodes: [row], tag }) => tag !== "tr" || !row || !isTag(row) || !isHeaderRow(row, outline, wordy),
  );
}

/** A row that holds a number or a link tells something of its own. */
function tells(row: Element, outline: PageOutline): boolean {
  return (
    /\d/.test(outline.textOf(row)) ||
    row.children.some((cell) => isTag(cell) && cell.children.some((child) => isTag(child) && child.name === "a"))
  );
}

function tagOf({ nodes, kind }: Item): string {
  const [node] = nodes;
  return kind === "line" || !node || !isTag(node) ? "#line" : node.name;
}

/** Greedy: an item joins the cluster of its tag that it is most like; near-linear because clusters are few. */
function cluster(items: readonly ShapedItem[]): Cluster[] {
  const clusters: Cluster[] = [];
  items.forEach(({ shape, tag }, at) => {
    let home: Cluster | null = null;
    let best = LEAST_LIKENESS;
    for (const one of clusters) {
      const alike = one.tag === tag ? likeness(one.first, shape) : 0;
      if (alike >= best && (!home || alike > best)) [home, best] = [one, alike];
    }
    if (home) home.members.push(at);
    else if (clusters.length < MAX_CLUSTERS) clusters.push({ tag, first: shape, members: [at] });
  });
  return clusters;
}

/** Rows that take turns: each record begins at the first of a round. */
function pairedRows(
  container: Element,
  page: Page,
  items: readonly ShapedItem[],
  members: readonly number[],
): Candidate | null {
  const period = periodOf(members.map((at) => items[at]?.nodes[0]));
  return period === null
    ? null
    : groupFrom(
        container,
        page,
        items,
        members.filter((_, at) => at % period === 0),
      );
}

/** Groups that begin at each member and end before the next: header row + detail rows, heading + paragraphs. */
function groupFrom(
  container: Element,
  page: Page,
  items: readonly ShapedItem[],
  members: readonly number[],
): Candidate | null {
  const first = members[0] ?? 0;
  if (items.length - first < members.length * 1.5) return null;
  const groups = members.map((at, i) => items.slice(at, members[i + 1] ?? items.length));
  const longest = groups.slice(0, -1).reduce((most, group) => Math.max(most, group.length), 0);
  const cut = groups.map((group) => group.slice(0, Math.max(1, longest)));
  const starts = typicalShape(members.map((at) => items[at]?.shape ?? new Map()));
  return candidate(container, page, nodesOf(cut), "group", starts);
}

function candidate(
  container: Element,
  page: Page,
  groups: readonly (readonly ShapedItem["nodes"][number][])[],
  kind: Candidate["kind"],
  starts: Shape | null,
): Candidate {
  const units: RecordUnit[] = groups
    .map((nodes) => ({ nodes, container, span: outlineOf(page).spanAcross(nodes) }))
    .filter(({ span }) => span[1] > span[0]);
  return {
    containers: [container],
    kind,
    units,
    shape: typicalShape(units.slice(0, 200).map(({ nodes }) => shapeOf(nodes, page))),
    starts,
  };
}
