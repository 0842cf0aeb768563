import type { Element } from "domhandler";
import { isMarkedAsHeader } from "../columns/table-header.ts";
import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { compileSelector, selectAll } from "../records/selector.ts";
import type { RecordUnit } from "./candidate.ts";
import { shapedItems, type ShapedItem } from "./find-runs.ts";
import { headingsOf } from "./group-headings.ts";
import { headingsOver } from "./headings-over.ts";
import { nodesAcross } from "./items.ts";
import type { ListRule } from "./list-rule.ts";
import { partsOf } from "./parted-groups.ts";
import { datedAndUndated, likeness, shapeByBuild, shapeFromPaths, shapeOf, type Shape } from "./shape.ts";

interface CompiledRule {
  readonly shape: Wanted;
  readonly starts: Wanted | null;
  readonly tags: ReadonlySet<string>;
}

/** A shape that items are compared with. Items that are built alike share one shape object, and are compared once. */
class Wanted {
  readonly #shape: Shape;
  readonly #likenesses = new WeakMap<Shape, number>();

  constructor(paths: readonly string[]) {
    this.#shape = shapeFromPaths(paths);
  }

  likeness(shape: Shape): number {
    let alike = this.#likenesses.get(shape);
    if (alike === undefined) this.#likenesses.set(shape, (alike = likeness(this.#shape, shape)));
    return alike;
  }

  /** The likeness of a shape that may lose any of the paths that `bare` lacks, and its date: at worst those that are wanted. */
  leastLikeness(whole: Shape, bare: Shape): number {
    const worst = new Map([...whole].filter(([path]) => bare.has(path) || !this.#shape.has(path)));
    return Math.min(...datedAndUndated(worst).map((one) => likeness(this.#shape, one)));
  }
}

const compiled = new WeakMap<ListRule, CompiledRule>();

/** Containers and records found by one of the rule's selectors; `place` says which (0: the first). */
export interface Located {
  readonly units: readonly RecordUnit[];
  readonly containers: readonly Element[];
  readonly place: number;
}

/** Finds the records of a page by a list rule. No units when the page has no such list. */
export function locateRecords(rule: ListRule, page: Page): Located {
  for (const [place, source] of rule.containers.entries()) {
    const containers = containersAt(source, rule, page);
    const units = unitsIn(rule.several ? containers : containers.slice(0, 1), rule, page);
    if (units.length > 0) return { units: withHeadings(page, rule, units), containers, place };
  }
  return { units: [], containers: [], place: -1 };
}

function containersAt(source: string, { under }: ListRule, page: Page): Element[] {
  const selector = compileSelector(source);
  const found = selector ? selectAll(selector, page.root.children) : [];
  if (under === undefined) return found;
  // Lists that are built alike may change places: what a selector counts is left out, the words above them tell.
  const uncounted = compileSelector(source.replace(/:nth\(\d+\)/g, ""));
  const alike = uncounted ? selectAll(uncounted, page.root.children) : [];
  const over = headingsOver(page, alike);
  const named = alike.filter((container) => under.includes(over.get(container) ?? ""));
  return named.length === 0 && alike.length === 1 ? found : named;
}

/** Gives records the headings of their groups, where the list has such headings. */
export function withHeadings(page: Page, { heading }: ListRule, units: readonly RecordUnit[]): readonly RecordUnit[] {
  if (heading === undefined) return units;
  const headings = headingsOf(page, units, heading);
  return units.map((unit, i) => ({ ...unit, heading: headings[i] ?? null }));
}

/** The records inside these containers. */
export function unitsIn(containers: readonly Element[], rule: ListRule, page: Page): RecordUnit[] {
  const outline = outlineOf(page);
  const program = compile(rule);
  const units: RecordUnit[] = [];
  for (const container of containers)
    for (const nodes of recordsOf(shapedItems(container, page), rule, program, page)) {
      const span = outline.spanAcross(nodes);
      if (span[1] > span[0]) units.push({ nodes, container, span });
    }
  return units;
}

function compile(rule: ListRule): CompiledRule {
  let program = compiled.get(rule);
  if (!program) {
    const { shape, starts, tags } = rule.record;
    program = { shape: new Wanted(shape), starts: starts ? new Wanted(starts) : null, tags: new Set(tags) };
    compiled.set(rule, program);
  }
  return program;
}

/**
 * Whether how a record is built makes it one, whatever it says: with a date in it or without, with any of `emptiable`
 * holding no words, and never as a header.
 */
export function isRecordByBuild(record: Element, rule: ListRule, emptiable: ReadonlySet<Element>): boolean {
  const { shape, tags } = compile(rule);
  return (
    tags.has(record.name) &&
    !isMarkedAsHeader(record) &&
    shape.leastLikeness(shapeByBuild(record), shapeByBuild(record, emptiable)) >= rule.record.least
  );
}

function recordsOf(
  items: readonly ShapedItem[],
  { record }: ListRule,
  { shape, starts, tags }: CompiledRule,
  page: Page,
): RecordUnit["nodes"][] {
  if (record.parted)
    return partsOf(items, outlineOf(page), record.longest)
      .map((part) => nodesAcross(part))
      .filter((nodes) => shape.likeness(shapeOf(nodes, page)) >= record.least);
  if (record.unit !== "group" || !starts)
    return items
      .filter((item) => tags.has(item.tag) && shape.likeness(item.shape) >= record.least)
      .map(({ nodes }) => nodes);
  const begins = items.flatMap((item, at) =>
    tags.has(item.tag) && starts.likeness(item.shape) >= record.least ? [at] : [],
  );
  return begins.map((at, i) => {
    const end = Math.min(begins[i + 1] ?? items.length, at + (record.longest ?? items.length));
    return nodesAcross(items.slice(at, end));
  });
}
