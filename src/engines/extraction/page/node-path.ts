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

/**
 * What was found last in a page, and the elements on the way to it. The values of one record stand side by side, and the
 * records too: mostly all but the last steps of a path were walked before.
 */
class Lookups {
  readonly root: Document;
  readonly #named = new Map<ParentNode, ReadonlyMap<string, readonly Element[]>>();
  #path = "";
  /** The elements on the way, and where the step to each of them ends in the path. */
  readonly #way: Element[] = [];
  readonly #ends: number[] = [];

  constructor(root: Document) {
    this.root = root;
  }

  find(path: string): Element | null {
    this.#goBack(path);
    let end = this.#ends.at(-1) ?? 0;
    this.#path = path;
    while (end < path.length) {
      const start = end + 1;
      const slash = path.indexOf("/", start);
      end = slash < 0 ? path.length : slash;
      const child = path.startsWith("/", start - 1) && this.#child(this.#way.at(-1) ?? this.root, path, start, end);
      if (!child) return null;
      this.#way.push(child);
      this.#ends.push(end);
    }
    return this.#way.at(-1) ?? null;
  }

  /** To where this path and the last one part. */
  #goBack(path: string): void {
    const last = this.#path;
    let same = 0;
    while (same < path.length && path.charCodeAt(same) === last.charCodeAt(same)) same += 1;
    for (let end = this.#ends.at(-1); end !== undefined; end = this.#ends.at(-1)) {
      if (end <= same && (end === path.length || path.charCodeAt(end) === SLASH)) return;
      this.#ends.pop();
      this.#way.pop();
    }
  }

  /** The child that a step of a path, such as `tr[3]`, means. */
  #child(parent: ParentNode, path: string, start: number, end: number): Element | null {
    const open = path.lastIndexOf("[", end - 1);
    if (open <= start || path.charCodeAt(end - 1) !== CLOSE) return null;
    const position = Number(path.slice(open + 1, end - 1));
    if (!(position >= 1)) return null;
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

const [SLASH, CLOSE] = [47, 93];
/** Siblings from which on an index pays. */
const MANY = 16;
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
