import { isTag, type AnyNode, type Document, type Element } from "domhandler";

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

/** Parents that were looked for in a page: the values of one record stand side by side. */
const parents = new WeakMap<Document, Map<string, Element | null>>();

/** Finds the node of a path again; null when the page has no such node. */
export function nodeAt(root: Document, path: string): Element | null {
  const cut = path.lastIndexOf("/");
  if (cut <= 0) return childAt(root.children, path.slice(cut + 1));
  let known = parents.get(root);
  if (!known) parents.set(root, (known = new Map()));
  const parentPath = path.slice(0, cut);
  let parent = known.get(parentPath);
  if (parent === undefined) known.set(parentPath, (parent = walk(root, parentPath)));
  return parent ? childAt(parent.children, path.slice(cut + 1)) : null;
}

function walk(root: Document, path: string): Element | null {
  let children: AnyNode[] = root.children;
  let found: Element | null = null;
  for (const part of path.split("/").slice(1)) {
    found = childAt(children, part);
    if (!found) return null;
    children = found.children;
  }
  return found;
}

/** The child that a step such as `tr[3]` means. */
function childAt(children: AnyNode[], part: string): Element | null {
  const open = part.lastIndexOf("[");
  const position = Number(part.slice(open + 1, -1));
  if (open <= 0 || !part.endsWith("]") || !(position >= 1)) return null;
  return nth(children, part.slice(0, open), position);
}

function nth(children: AnyNode[], name: string, position: number): Element | null {
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
