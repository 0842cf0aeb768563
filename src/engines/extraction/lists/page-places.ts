import { isTag, type Element } from "domhandler";

/**
 * Tells which elements stand alike in a page: the same names on the way from the root, and the same classes (without
 * the digits that classes count with) on the element and its parent. Paths are numbered, so that each costs one look-up.
 */
export class PagePlaces {
  readonly #paths = new Map<Element, number>();
  readonly #numbers = new Map<string, number>();

  of(node: Element | undefined): string {
    if (!node) return "";
    const parent = node.parent && isTag(node.parent) ? node.parent : null;
    return `${this.#path(node)} ${classesOf(node)}<${parent ? classesOf(parent) : ""}`;
  }

  #path(node: Element): number {
    const chain: Element[] = [];
    let number = 0;
    for (
      let current: Element | null = node;
      current;
      current = current.parent && isTag(current.parent) ? current.parent : null
    ) {
      const known = this.#paths.get(current);
      if (known !== undefined) {
        number = known;
        break;
      }
      chain.push(current);
    }
    for (const element of chain.reverse()) {
      number = this.#number(`${number}/${element.name}`);
      this.#paths.set(element, number);
    }
    return number;
  }

  #number(step: string): number {
    let number = this.#numbers.get(step);
    if (number === undefined) this.#numbers.set(step, (number = this.#numbers.size + 1));
    return number;
  }
}

const classesOf = (node: Element): string => (node.attribs["class"] ?? "").replace(/\d+/g, "").trim();
