import { outlineOf } from "../outline/page-outline.ts";
import { countIn, signalsOf } from "../outline/page-signals.ts";
import type { Page } from "../page/page.ts";
import { isTag, isText, type AnyNode, type Element } from "domhandler";

/**
 * What a record looks like: tag paths below it, to a depth of three, each with a weight. Classes are left out, because
 * they change with state (`odd`, `active`) and with every release of a site; how often a path occurs is left out too,
 * because optional and repeated parts make it vary, except for the cells of a table row.
 */
export type Shape = ReadonlyMap<string, number>;

const DEPTH_WEIGHT = [3, 2, 1];
const MAX_PATHS = 80;
/** A date makes a line of a schedule a line of a schedule, with or without a link in it. */
const DATED = "(date)";
const DATED_WEIGHT = 10;
/** Tags that only style a run of text: records differ in them by accident. */
const STYLING = new Set(["font", "b", "i", "em", "strong", "u", "small", "center", "big", "sup", "sub", "wbr"]);

/** The end of a line is no part of what the line looks like. */
const BREAKS = new Set(["br", "hr"]);

/** The shape of a run of neighbouring nodes that together are one record. */
export function shapeOf(nodes: readonly AnyNode[], page: Page): Shape {
  const isDated = countIn(signalsOf(page).dates, outlineOf(page).spanAcross(nodes)) > 0;
  const build = structureOf(nodes);
  if (build === null) return readShape(nodes, isDated);
  const key = isDated ? `${DATED} ${build}` : build;
  let shape = known.get(key);
  if (!shape) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (shape = readShape(nodes, isDated)));
  }
  return shape;
}

const NOTHING: ReadonlySet<Element> = new Set();

/** The shape of one element by its build alone: without a date, and as if those in `emptied` held no words. */
export const shapeByBuild = (node: Element, emptied = NOTHING): Shape => readShape([node], false, emptied);

/** The shape of the same build, if a date stood in it and if none did. */
export function datedAndUndated(shape: Shape): readonly [Shape, Shape] {
  const undated = new Map(shape);
  undated.delete(DATED);
  return [new Map(undated).set(DATED, DATED_WEIGHT), undated];
}

/** Shapes by the structure they were read from: the records of a list, and of all its pages, share a few. */
const known = new Map<string, Shape>();
const MOST_KNOWN = 1000;
const MOST_CHILDREN = 200;
const LONGEST_KEY = 2000;

/**
 * The structure that decides a shape, as a string: two runs of nodes with the same one have the same shape. Null for
 * structures so large that writing them down does not pay. Signs between names are such that no tag name can hold.
 */
function structureOf(nodes: readonly AnyNode[]): string | null {
  let key = nodes.length > 1 ? "+" : "";
  for (const node of nodes) {
    if (isText(node)) key += isBlank(node.data) ? "" : "# ";
    else if (isTag(node) && !BREAKS.has(node.name)) {
      const inner = structureBelow(node, 0);
      if (inner === null) return null;
      key += `${node.name}>${inner}/`;
    }
  }
  return key.length > LONGEST_KEY ? null : key;
}

function structureBelow(node: Element, depth: number): string | null {
  let key = "";
  let scanned = 0;
  for (let child = node.firstChild; child; child = child.next) {
    if ((scanned += 1) > MOST_CHILDREN || key.length > LONGEST_KEY) return null;
    if (isText(child)) key += isBlank(child.data) ? "" : "# ";
    else if (isTag(child)) {
      const isStyling = STYLING.has(child.name);
      const inner = isStyling || depth < 2 ? structureBelow(child, isStyling ? depth : depth + 1) : "";
      if (inner === null) return null;
      // The cells of a row are counted, those inside a styling element are none of them.
      key += !isStyling ? `${child.name}>${inner}/` : node.name === "tr" ? `<${inner}` : inner;
    }
  }
  return key;
}

const isBlank = (text: string): boolean => {
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && !/\S/.test(text);
};

function readShape(nodes: readonly AnyNode[], isDated: boolean, emptied = NOTHING): Shape {
  const shape = new Map<string, number>();
  if (isDated) add(shape, DATED);
  for (const node of nodes) {
    if (isText(node)) addText(shape, "", node.data);
    else if (isTag(node) && !BREAKS.has(node.name)) {
      if (nodes.length > 1) add(shape, `+${node.name}`);
      else add(shape, `:${node.name}`);
      addChildren(shape, node, { prefix: nodes.length > 1 ? node.name : "", depth: 0, emptied });
      if (node.name === "tr") addCells(shape, node);
    }
  }
  return shape;
}

/** Likeness of two shapes, 0 to 1: shared weight over all weight (weighted Jaccard). */
export function likeness(a: Shape, b: Shape): number {
  if (a === b) return 1;
  let shared = 0;
  let all = 0;
  for (const [path, weight] of a) {
    all += weight;
    if (b.has(path)) shared += weight;
  }
  for (const [path, weight] of b) if (!a.has(path)) all += weight;
  return all === 0 ? 1 : shared / all;
}

/** The paths that at least `share` of the shapes have. */
export function typicalShape(shapes: readonly Shape[], share = 0.5): Shape {
  const seen = new Map<string, { count: number; weight: number }>();
  for (const shape of shapes)
    for (const [path, weight] of shape) {
      const entry = seen.get(path);
      if (entry) entry.count += 1;
      else seen.set(path, { count: 1, weight });
    }
  const typical = new Map<string, number>();
  for (const [path, { count, weight }] of seen) if (count >= shapes.length * share) typical.set(path, weight);
  return typical;
}

/** A shape as a recipe stores it, and back. */
export const shapeToPaths = (shape: Shape): string[] => [...shape.keys()].slice(0, MAX_PATHS);

export function shapeFromPaths(paths: readonly string[]): Shape {
  return new Map(paths.map((path) => [path, weightOf(path)]));
}

/** A path alone tells its weight, so that a shape read from a recipe weighs the same. */
const weightOf = (path: string): number => (path === DATED ? DATED_WEIGHT : (DEPTH_WEIGHT[depthOf(path)] ?? 1));

const depthOf = (path: string): number =>
  path.startsWith(":") || path.startsWith("+") || path.startsWith("cells ")
    ? 0
    : Math.min(2, path.split(">").length - 1);

interface Below {
  readonly prefix: string;
  readonly depth: number;
  readonly emptied: ReadonlySet<Element>;
}

function addChildren(shape: Map<string, number>, node: Element, { prefix, depth, emptied }: Below): void {
  if (depth > 2 || shape.size >= MAX_PATHS) return;
  let scanned = 0;
  for (let child = node.firstChild; child && scanned < MOST_CHILDREN; child = child.next, scanned += 1) {
    if (isText(child)) addText(shape, prefix, emptied.has(node) ? "" : child.data);
    else if (isTag(child)) {
      if (STYLING.has(child.name)) {
        addChildren(shape, child, { prefix, depth, emptied });
        continue;
      }
      const path = prefix === "" ? child.name : `${prefix}>${child.name}`;
      add(shape, path);
      addChildren(shape, child, { prefix: path, depth: depth + 1, emptied });
    }
  }
}

function addText(shape: Map<string, number>, prefix: string, data: string): void {
  if (!isBlank(data)) add(shape, prefix === "" ? "#" : `${prefix}>#`);
}

function add(shape: Map<string, number>, path: string): void {
  if (shape.size < MAX_PATHS && path.length <= 120) shape.set(path, weightOf(path));
}

/** A row with one cell is a heading or a note, however alike its cell is: it weighs as much as the rest. */
function addCells(shape: Map<string, number>, row: Element): void {
  let count = 0;
  for (let child = row.firstChild; child; child = child.next)
    if (isTag(child) && (child.name === "td" || child.name === "th")) count += 1;
  add(shape, `cells ${bucket(count)}`);
  for (const part of ["a", "b"]) add(shape, `cells ${count > 1 ? "many" : "one"} ${part}`);
}

const bucket = (count: number): string =>
  count <= 4 ? String(count) : count <= 6 ? "5-6" : count <= 9 ? "7-9" : "10+";
