import { isTag, type Element } from "domhandler";
import type { Page } from "../page/page.ts";
import { stableClasses, stableId } from "../records/stable-names.ts";
import { compileSelector, escapeName, selectAll } from "../records/selector.ts";
import type { Candidate } from "./candidate.ts";
import { LEAST_LIKENESS, shapedItems, type ShapedItem } from "./find-runs.ts";
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
    ...(candidate.under ? { under: [...candidate.under] } : {}),
  });
  const good = ways.filter((source) => {
    const selector = compileSelector(source);
    if (!selector) return false;
    const found = selectAll(selector, page.root.children);
    const several = candidate.containers.length > 1;
    // Which of them stands under the right heading is found out when they are read.
    const all = candidate.under && several ? found.filter((one) => candidate.containers.includes(one)) : found;
    return unitsIn(several ? all : all.slice(0, 1), rule([source]), page).length === wanted;
  });
  return rule(good.length > 0 ? good.slice(0, 4) : ways.slice(-1));
}

function recordRule(candidate: Candidate, page: Page): ListRule["record"] {
  const { units, shape, starts, kind, isParted } = candidate;
  const wanted = starts ?? shape;
  const firsts = new Set(units.map(({ nodes }) => nodes[0]));
  const items = candidate.containers.flatMap((container) => shapedItems(container, page));
  const tags = new Set(items.filter(({ nodes }) => firsts.has(nodes[0])).map(({ tag }) => tag));
  let inside = 1;
  let outside = 0;
  for (const item of items) {
    const alike = likeness(wanted, item.shape);
    if (firsts.has(item.nodes[0])) inside = Math.min(inside, alike);
    else if (tags.has(item.tag)) outside = Math.max(outside, alike);
  }
  const longest = longestOf(units, items);
  if (isParted) {
    const least = units.reduce((most, { nodes }) => Math.min(most, likeness(shape, shapeOf(nodes, page))), 1);
    const wide = leastLikeness(least, 0);
    return { unit: kind, tags: [...tags].slice(0, 8), shape: shapeToPaths(shape), parted: true, longest, least: wide };
  }
  return {
    unit: kind,
    tags: [...tags].slice(0, 8),
    shape: shapeToPaths(shape),
    ...(starts ? { starts: shapeToPaths(starts), longest } : {}),
    least: leastLikeness(inside, outside),
  };
}

/** Half-way between the records and what is none; where all is alike, loose enough for what other pages bring. */
function leastLikeness(inside: number, outside: number): number {
  const least =
    outside === 0 ? Math.min(LEAST_LIKENESS, inside * 0.8) : outside < inside ? (inside + outside) / 2 : inside;
  return Math.floor(least * 1000) / 1000;
}

/** Most items that a record is made of. */
function longestOf(units: Candidate["units"], items: readonly ShapedItem[]): number {
  const numbers = new Map(items.flatMap(({ nodes }, number) => nodes.map((node) => [node, number])));
  return units.reduce(
    (longest, { nodes }) => Math.max(longest, new Set(nodes.flatMap((node) => numbers.get(node) ?? [])).size),
    1,
  );
}

/** Selectors for all containers at once, the most durable first. */
function containerSelectors(containers: readonly Element[]): string[] {
  const [first] = containers;
  if (!first) return [];
  const chains = containers.map(chainOf);
  const depth = chains.reduce((least, chain) => Math.min(least, chain.length), Infinity);
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
  if (first.name === "html" || first.name === "body") return first.name;
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
