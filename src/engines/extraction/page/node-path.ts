import { isTag, type AnyNode, type Document, type Element } from "domhandler";

/** Where a node stands: `/html[1]/body[1]/table[2]/tbody[1]/tr[3]`. Positions count siblings of the same name from 1. */
export function nodePath(node: Element): string {
  const steps: string[] = [];
  for (let current: Element | null = node; current; current = parentElement(current)) steps.push(step(current));
  return `/${steps.reverse().join("/")}`;
}

/** Finds the node of a path again; null when the page has no such node. */
export function nodeAt(root: Document, path: string): Element | null {
  let children: AnyNode[] = root.children;
  let found: Element | null = null;
  for (const part of path.split("/").slice(1)) {
    const match = /^(.+)\[(\d+)\]$/.exec(part);
    if (!match) return null;
    found = nth(children, match[1] ?? "", Number(match[2]));
    if (!found) return null;
    children = found.children;
  }
  return found;
}

function nth(children: AnyNode[], name: string, position: number): Element | null {
  let seen = 0;
  for (const child of children) if (isTag(child) && child.name === name && (seen += 1) === position) return child;
  return null;
}

function step(node: Element): string {
  let position = 1;
  for (let before = node.prev; before; before = before.prev)
    if (isTag(before) && before.name === node.name) position += 1;
  return `${node.name}[${position}]`;
}

function parentElement(node: Element): Element | null {
  return node.parent && isTag(node.parent) ? node.parent : null;
}
