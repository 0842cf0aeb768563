import { Document, type Element, isTag, type ChildNode, type ParentNode } from "domhandler";

/** Chromium builds no deeper tree either: it makes deeper elements siblings (`kMaximumHTMLParserDOMTreeDepth`). */
export const MAX_DEPTH = 512;

/**
 * Makes the tree what all later rules rely on, in one pass without recursion:
 * no element is deeper than `MAX_DEPTH`, and a declarative shadow root (`<template shadowrootmode>`) is a
 * `<div data-gleaner-shadow>`, as it is in pages that a browser has rendered.
 */
export function settleTree(root: Document): void {
  let depth = 0;
  let parent: ParentNode = root;
  for (let node: ChildNode | null = root.children[0] ?? null; node;) {
    if (isTag(node)) {
      if (node.name === "template") unwrapTemplate(node);
      if (depth >= MAX_DEPTH) hoistElements(node, parent);
      const first: ChildNode | undefined = node.children[0];
      if (first && depth < MAX_DEPTH) {
        parent = node;
        node = first;
        depth += 1;
        continue;
      }
    }
    while (!node.next && parent !== root) {
      node = asChild(parent);
      parent = node.parent ?? root;
      depth -= 1;
    }
    node = node.next;
  }
}

function asChild(parent: ParentNode): ChildNode {
  return parent;
}

/** The parser puts a document between a template and its content; here every parent but the root is an element. */
function unwrapTemplate(template: Element): void {
  const [content] = template.children;
  if (!(content instanceof Document)) return;
  if ("shadowrootmode" in template.attribs) {
    template.name = "div";
    template.attribs["data-gleaner-shadow"] = template.attribs["shadowrootmode"] ?? "";
  }
  template.children = content.children;
  for (const child of template.children) child.parent = template;
}

/** Makes the elements inside `top` its following siblings, in document order; each keeps only its own text. */
function hoistElements(top: Element, parent: ParentNode): void {
  const hoisted: ChildNode[] = [];
  const pending: ChildNode[] = elementsOf(top);
  for (let node = pending.pop(); node; node = pending.pop()) {
    hoisted.push(node);
    if (isTag(node)) for (const element of elementsOf(node)) pending.push(element);
  }
  if (hoisted.length === 0) return;
  const after: ChildNode | null = top.next;
  let last: ChildNode = top;
  for (const node of hoisted) {
    link(last, node);
    node.parent = parent;
    last = node;
  }
  last.next = after;
  if (after) after.prev = last;
  parent.children = chainFrom(parent.children[0] ?? top);
}

/** Takes the elements out of a node, leaving its text. The last comes first, ready to be popped in order. */
function elementsOf(node: Element): Element[] {
  if (node.name === "template") unwrapTemplate(node);
  const elements = node.children.filter(isTag);
  if (elements.length === 0) return elements;
  const kept = node.children.filter((child) => !isTag(child));
  kept.forEach((child, at) => {
    child.prev = kept[at - 1] ?? null;
    child.next = kept[at + 1] ?? null;
  });
  node.children = kept;
  return elements.reverse();
}

function link(before: ChildNode, after: ChildNode): void {
  before.next = after;
  after.prev = before;
}

function chainFrom(first: ChildNode): ChildNode[] {
  const chain: ChildNode[] = [];
  for (let node: ChildNode | null = first; node; node = node.next) chain.push(node);
  return chain;
}
