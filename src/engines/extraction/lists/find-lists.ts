import { isTag, type Element } from "domhandler";
import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import type { Candidate } from "./candidate.ts";
import { findRuns } from "./find-runs.ts";
import { rankLists, type Ranked } from "./rank-lists.ts";
import { likeness, typicalShape } from "./shape.ts";

/** Elements whose children are never records on their own. */
const NO_CONTAINER = new Set(["tr", "select", "optgroup", "datalist", "head", "html", "table", "a", "p"]);

/** The lists of a page, best first. */
export function findLists(page: Page): Ranked[] {
  const outline = outlineOf(page);
  const candidates: Candidate[] = [];
  for (const element of outline.elements) {
    if (NO_CONTAINER.has(element.name) && element.name !== "p") continue;
    candidates.push(...findRuns(element, outline));
  }
  return rankLists(page, [...candidates, ...unions(candidates)]);
}

/** The same list spread over several containers that stand alike in the page: one table per month, one list per day. */
function unions(candidates: readonly Candidate[]): Candidate[] {
  const byPlace = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const place = `${candidate.kind} ${candidate.units[0]?.nodes.map((node) => (isTag(node) ? node.name : "#")).join(",")} ${placeOf(candidate.containers[0])}`;
    const same = byPlace.get(place);
    if (same) same.push(candidate);
    else byPlace.set(place, [candidate]);
  }
  const found: Candidate[] = [];
  for (const same of byPlace.values()) {
    const [first] = same;
    if (!first || same.length < 2) continue;
    const alike = same.filter((one) => likeness(one.shape, first.shape) >= 0.5);
    if (alike.length > 1) found.push(union(alike));
  }
  return found;
}

function union(parts: readonly Candidate[]): Candidate {
  const units = parts.flatMap((part) => part.units).sort((a, b) => a.span[0] - b.span[0]);
  return {
    containers: [...new Set(parts.flatMap((part) => part.containers))],
    kind: parts[0]?.kind ?? "element",
    units,
    shape: typicalShape(parts.map((part) => part.shape)),
    starts: parts[0]?.starts ?? null,
  };
}

/** Names and classes on the way from the root, without positions and without the digits that classes count with. */
function placeOf(node: Element | undefined): string {
  const steps: string[] = [];
  let classes = 2;
  for (
    let current: Element | null = node ?? null;
    current;
    current = current.parent && isTag(current.parent) ? current.parent : null
  ) {
    steps.push(
      (classes -= 1) >= 0 ? `${current.name}.${(current.attribs["class"] ?? "").replace(/\d+/g, "")}` : current.name,
    );
  }
  return steps.join("<");
}
