import type { Element } from "domhandler";

/** Counts siblings as `:nth()` of a selector does: among those with the same name that have all these classes. */
export class SiblingPositions {
  readonly #seen: Element[] = [];
  readonly #alike = new Map<string, { name: string; classes: readonly string[]; count: number }>();

  of(child: Element, classes: readonly string[]): [alike: number, named: number] {
    for (const entry of this.#alike.values()) if (matches(child, entry.name, entry.classes)) entry.count += 1;
    this.#seen.push(child);
    return [this.#count(child.name, classes), this.#count(child.name, [])];
  }

  #count(name: string, classes: readonly string[]): number {
    const key = `${name}.${classes.join(".")}`;
    const known = this.#alike.get(key);
    if (known) return known.count;
    const count = this.#seen.filter((child) => matches(child, name, classes)).length;
    this.#alike.set(key, { name, classes, count });
    return count;
  }
}

function matches(child: Element, name: string, classes: readonly string[]): boolean {
  if (child.name !== name) return false;
  if (classes.length === 0) return true;
  const own = (child.attribs["class"] ?? "").split(/\s+/);
  return classes.every((one) => own.includes(one));
}
