import { isTag, type Element } from "domhandler";
import type { Page } from "../page/page.ts";
import { stableClasses, stableId } from "../records/stable-names.ts";
import { compileSelector, escapeName, selectAll } from "../records/selector.ts";
import type { Candidate } from "./candidate.ts";
import { shapedItems } from "./find-runs.ts";
import { headingKind } from "./group-headings.ts";
import type { ListRule } from "./list-rule.ts";
import { unitsIn } from "./locate-records.ts";
import { likeness, shapeOf, shapeToPaths } from "./shape.ts";

/** Writes down how to find a candidate again: by id, by class, by place; each way is kept only if it finds this list. */
export function learnListRule(page: Page, candidate: Candidate): ListRule {
  const record = recordRule(candidate, page);
  const heading = headingKind(page, candidate.units);
  const wanted = candidate.units.length;
  const ways = containerSelectors(candidate.containers);
  const rule = (containers: string[]): ListRule => ({
    containers,
    several: candidate.containers.length > 1,
    record,
    ...(heading ? { heading } : {}),
  });
  const good = ways.filter((source) => {
    const selector = compileSelector(source);
    if (!selector) return false;
    const found = selectAll(selector, page.root.children);
    const several = candidate.containers.length > 1;
    return unitsIn(several ? found : found.slice(0, 1), rule([source]), page).length === wanted;
  });
  return rule(good.length > 0 ? good.slice(0, 4) : ways.slice(-1));
}

function recordRule(candidate: Candidate, page: Page): ListRule["record"] {
  const { units, shape, starts, kind } = candidate;
  const tags = new Set<string>();
  const items = new Map(
    candidate.containers.flatMap((container) => shapedItems(container, page)).map((item) => [item.nodes[0], item]),
  );
  let least = 1;
  let longest = 1;
  for (const { nodes } of units) {
    const item = items.get(nodes[0] ?? candidate.containers[0]);
    if (item) {
      tags.add(item.tag);
      least = Math.min(least, likeness(starts ?? shape, starts ? item.shape : shapeOf(nodes, page)));
    }
    longest = Math.max(longest, nodes.length);
  }
  return {
    unit: kind,
    tags: [...tags].slice(0, 8),
    shape: shapeToPaths(shape),
    ...(starts ? { starts: shapeToPaths(starts), longest } : {}),
    least: Math.floor(Math.max(0, Math.min(least, 0.4)) * 100) / 100,
  };
}

/** Selectors for all containers at once, the most durable first. */
function containerSelectors(containers: readonly Element[]): string[] {
  const [first] = containers;
  if (!first) return [];
  const chains = containers.map(chainOf);
  const depth = Math.min(...chains.map((chain) => chain.length));
  const levels = Array.from({ length: depth }, (_, i) => chains.map((chain) => chain[i])).map((level) =>
    level.filter((node) => node !== undefined),
  );
  const anchored = levels.findLastIndex((level) => sameNode(level) && stableId(level[0]) !== null);
  const named = levels.findLastIndex((level) => stableClasses(level[0]).length > 0);
  const ways: string[] = [];
  if (anchored >= 0) ways.push(join([idStep(levels[anchored]?.[0]), ...levels.slice(anchored + 1).map(classStep)]));
  if (named >= 0) ways.push(join([classStep(levels[named] ?? []), ...levels.slice(named + 1).map(placeStep)]));
  ways.push(join(levels.map(classStep)), join(levels.map(placeStep)));
  if (anchored >= 0) ways.push(join([idStep(levels[anchored]?.[0]), ...levels.slice(anchored + 1).map(placeStep)]));
  return [...new Set(ways)].filter((way) => way.length <= 500);
}

const join = (steps: readonly string[]): string => steps.join(" > ");

const idStep = (node: Element | undefined): string => `#${escapeName(stableId(node) ?? "")}`;

/** Name and classes that all elements of a level share; the position too when they are one element among alike ones. */
function classStep(level: readonly Element[]): string {
  const [first] = level;
  if (!first) return "*";
  const shared = stableClasses(first).filter((name) => level.every((node) => stableClasses(node).includes(name)));
  const compound = `${escapeName(first.name)}${shared
    .slice(0, 3)
    .map((name) => `.${escapeName(name)}`)
    .join("")}`;
  if (!sameNode(level)) return compound;
  const alike = (first.parent?.children ?? [])
    .filter(isTag)
    .filter(
      (node) => node.name === first.name && shared.slice(0, 3).every((name) => stableClasses(node).includes(name)),
    );
  return alike.length > 1 ? `${compound}:nth(${alike.indexOf(first) + 1})` : compound;
}

function placeStep(level: readonly Element[]): string {
  const [first] = level;
  if (!first) return "*";
  if (!sameNode(level)) return escapeName(first.name);
  const alike = (first.parent?.children ?? []).filter(isTag).filter((node) => node.name === first.name);
  return alike.length > 1 ? `${escapeName(first.name)}:nth(${alike.indexOf(first) + 1})` : escapeName(first.name);
}

const sameNode = (level: readonly Element[]): boolean => level.every((node) => node === level[0]);

function chainOf(node: Element): Element[] {
  const chain: Element[] = [];
  for (
    let current: Element | null = node;
    current;
    current = current.parent && isTag(current.parent) ? current.parent : null
  )
    chain.push(current);
  return chain.reverse();
}
