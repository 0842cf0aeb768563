import { isTag, type Element } from "domhandler";

/** Paths of many nodes of one page, as `nodePath` writes them: siblings are counted once per parent, not per node. */
export class NodePaths {
  readonly #paths = new Map<Element, string>();

  of(node: Element): string {
    const chain: Element[] = [];
    let known = "";
    for (let current: Element | null = node; current; current = parentOf(current)) {
      const path = this.#paths.get(current);
      if (path !== undefined) {
        known = path;
        break;
      }
      chain.push(current);
    }
    for (let i = chain.length - 1; i >= 0; i -= 1) {
      const element = chain[i];
      if (!element) continue;
      this.#number(element, known);
      known = this.#paths.get(element) ?? known;
    }
    return known;
  }

  /** Numbers an element and all its siblings. */
  #number(element: Element, parentPath: string): void {
    const counts = new Map<string, number>();
    for (const sibling of element.parent?.children ?? [element]) {
      if (!isTag(sibling)) continue;
      const position = (counts.get(sibling.name) ?? 0) + 1;
      counts.set(sibling.name, position);
      this.#paths.set(sibling, `${parentPath}/${sibling.name}[${position}]`);
    }
  }
}

const parentOf = (node: Element): Element | null => (node.parent && isTag(node.parent) ? node.parent : null);
