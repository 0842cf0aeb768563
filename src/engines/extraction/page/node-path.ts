import { isTag, type AnyNode, type Document, type Element, type ParentNode } from "domhandler";

/** Paths that were written before: trees do not change, and deep pages ask for many paths of one branch. */
const PATHS = new WeakMap<Element, string>();

/** Where a node stands: `/html[1]/body[1]/table[2]/tbody[1]/tr[3]`. Positions count siblings of the same name from 1. */
export function nodePath(node: Element): string {
  const climbed: Element[] = [];
  let path = "";
  for (let current: Element | null = node; current; current = parentElement(current)) {
    const known = PATHS.get(current);
    if (known !== undefined) {
      path = known;
      break;
    }
    climbed.push(current);
  }
  for (const element of climbed.reverse()) {
    path = `${path}/${step(element)}`;
    PATHS.set(element, path);
  }
  return path;
}

/** What was looked for in a page: the values of one record stand side by side, and the records too. */
class Lookups {
  readonly root: Document;
  readonly #parents = new Map<string, Element | null>();
  readonly #named = new Map<ParentNode, ReadonlyMap<string, readonly Element[]>>();
  #latestPath = "";
  #latest: Element | null = null;

  constructor(root: Document) {
    this.root = root;
  }

  find(path: string): Element | null {
    const cut = path.lastIndexOf("/");
    if (cut <= 0) return this.#child(this.root, path, cut + 1);
    if (cut !== this.#latestPath.length || !path.startsWith(this.#latestPath)) {
      this.#latestPath = path.slice(0, cut);
      this.#latest = this.#parent(this.#latestPath);
    }
    return this.#latest && this.#child(this.#latest, path, cut + 1);
  }

  /** Climbs to what was looked for before, then comes down again. */
  #parent(path: string): Element | null {
    const unknown: string[] = [];
    let found: Element | null | undefined;
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const part = path.slice(0, end);
      found = this.#parents.get(part);
      if (found !== undefined) break;
      unknown.push(part);
      if (unknown.length > DEEPEST) return null;
    }
    for (const part of unknown.reverse()) {
      const around: ParentNode | null = found === undefined ? this.root : found;
      found = around && this.#child(around, part, part.lastIndexOf("/") + 1);
      this.#parents.set(part, found);
    }
    return found ?? null;
  }

  /** The child that the step of a path from `start` on, such as `tr[3]`, means. */
  #child(parent: ParentNode, path: string, start: number): Element | null {
    const open = path.lastIndexOf("[");
    const position = Number(path.slice(open + 1, -1));
    if (open <= start || !path.endsWith("]") || !(position >= 1)) return null;
    const name = path.slice(start, open);
    return parent.children.length > MANY
      ? this.#nthNamed(parent, name, position)
      : nth(parent.children, name, position);
  }

  /** Counting a long list again for each of its records is quadratic. */
  #nthNamed(parent: ParentNode, name: string, position: number): Element | null {
    let named = this.#named.get(parent);
    if (!named) this.#named.set(parent, (named = Map.groupBy(parent.children.filter(isTag), (child) => child.name)));
    return named.get(name)?.[position - 1] ?? null;
  }
}

/** Siblings from which on an index pays. */
const MANY = 16;
/** No page is as deep. */
const DEEPEST = 1000;
/** Of the page that was asked last: values are checked page by page. */
let latest: Lookups | null = null;

/** Finds the node of a path again; null when the page has no such node. */
export function nodeAt(root: Document, path: string): Element | null {
  if (latest?.root !== root) latest = new Lookups(root);
  return latest.find(path);
}

function nth(children: readonly AnyNode[], name: string, position: number): Element | null {
  let seen = 0;
  for (const child of children) if (isTag(child) && child.name === name && (seen += 1) === position) return child;
  return null;
}

/** Positions that were counted before: trees do not change, and counting a long row again for each node is quadratic. */
const POSITIONS = new WeakMap<Element, number>();

function step(node: Element): string {
  let position = 1;
  for (let before = node.prev; before; before = before.prev) {
    if (!isTag(before) || before.name !== node.name) continue;
    const known = POSITIONS.get(before);
    position += known ?? 1;
    if (known !== undefined) break;
  }
  POSITIONS.set(node, position);
  return `${node.name}[${position}]`;
}

function parentElement(node: Element): Element | null {
  return node.parent && isTag(node.parent) ? node.parent : null;
}
