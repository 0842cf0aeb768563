import { isTag, type AnyNode, type ChildNode, type Element, type ParentNode } from "domhandler";

/** What a browser keeps but never shows; nothing inside is part of the page that people see. */
const UNSEEN = new Set(["script", "style", "template"]);

/** All elements below a node in document order, without those that are never shown. Needs no stack of its own. */
export function* elementsBelow(start: ParentNode): Generator<Element> {
  let node: ChildNode | null = start.children[0] ?? null;
  while (node) {
    let inner: ChildNode | undefined;
    if (isTag(node) && !UNSEEN.has(node.name)) {
      yield node;
      inner = node.children[0];
    }
    node = inner ?? following(node, start);
  }
}

function following(from: ChildNode, start: ParentNode): ChildNode | null {
  for (let node: AnyNode | null = from; node && node !== start; node = node.parent) if (node.next) return node.next;
  return null;
}

/** The closest element around a node, itself included, that fits. */
export function closest(from: AnyNode, fits: (element: Element) => boolean): Element | null {
  for (let node: AnyNode | null = from; node; node = node.parent) if (isTag(node) && fits(node)) return node;
  return null;
}

/** The element around an element; null at the top. */
export function parentOf(element: Element): Element | null {
  return element.parent && isTag(element.parent) ? element.parent : null;
}
