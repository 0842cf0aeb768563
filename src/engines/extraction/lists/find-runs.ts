import { isTag, type Element } from "domhandler";
import type { PageOutline } from "../outline/page-outline.ts";
import type { Candidate, RecordUnit } from "./candidate.ts";
import { itemsOf, type Item } from "./items.ts";
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

/** The repeated runs among the children of one container: single children that are alike, and groups of neighbours. */
export function findRuns(container: Element, outline: PageOutline): Candidate[] {
  const items = shapedItems(container);
  if (items.length < 2) return [];
  const clusters = cluster(items);
  const found: Candidate[] = [];
  for (const { members } of clusters) {
    if (members.length < 2) continue;
    const units = members.map((at) => items[at]).filter((item) => item !== undefined);
    found.push(
      candidate(
        container,
        outline,
        units.map(({ nodes }) => nodes),
        units[0]?.kind ?? "element",
        null,
      ),
    );
    const group = groupFrom(container, outline, items, members);
    if (group) found.push(group);
  }
  return found.filter(({ units }) => units.length > 1);
}

export function shapedItems(container: Element): ShapedItem[] {
  return itemsOf(container).map((item) => ({ ...item, shape: shapeOf(item.nodes), tag: tagOf(item) }));
}

function tagOf({ nodes, kind }: Item): string {
  const [node] = nodes;
  return kind === "line" || !node || !isTag(node) ? "#line" : node.name;
}

/** Greedy: an item joins the first cluster of its tag that it is like; near-linear because clusters are few. */
function cluster(items: readonly ShapedItem[]): Cluster[] {
  const clusters: Cluster[] = [];
  items.forEach(({ shape, tag }, at) => {
    const home = clusters.find((one) => one.tag === tag && likeness(one.first, shape) >= LEAST_LIKENESS);
    if (home) home.members.push(at);
    else if (clusters.length < MAX_CLUSTERS) clusters.push({ tag, first: shape, members: [at] });
  });
  return clusters;
}

/** Groups that begin at each member and end before the next: header row + detail rows, heading + paragraphs. */
function groupFrom(
  container: Element,
  outline: PageOutline,
  items: readonly ShapedItem[],
  members: readonly number[],
): Candidate | null {
  const first = members[0] ?? 0;
  if (items.length - first < members.length * 1.5) return null;
  const groups = members.map((at, i) => items.slice(at, members[i + 1] ?? items.length));
  const longest = Math.max(...groups.slice(0, -1).map((group) => group.length));
  const cut = groups.map((group) => group.slice(0, Math.max(1, longest)));
  const starts = typicalShape(members.map((at) => items[at]?.shape ?? new Map()));
  return candidate(
    container,
    outline,
    cut.map((group) => group.flatMap(({ nodes }) => nodes)),
    "group",
    starts,
  );
}

function candidate(
  container: Element,
  outline: PageOutline,
  groups: readonly (readonly ShapedItem["nodes"][number][])[],
  kind: Candidate["kind"],
  starts: Shape | null,
): Candidate {
  const units: RecordUnit[] = groups
    .map((nodes) => ({ nodes, container, span: outline.spanAcross(nodes) }))
    .filter(({ span }) => span[1] > span[0]);
  return {
    containers: [container],
    kind,
    units,
    shape: typicalShape(units.slice(0, 200).map(({ nodes }) => shapeOf(nodes))),
    starts,
  };
}
