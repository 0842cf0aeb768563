import { isTag, isText, type AnyNode, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type Span } from "../outline/page-outline.ts";
import { INVISIBLE } from "../page/text-of.ts";
import type { Page } from "../page/page.ts";
import { stableClasses } from "../records/stable-names.ts";
import { escapeName } from "../records/selector.ts";

/** What one record has in a slot. */
export interface SlotCell {
  /** The element, or for a run of text the element that holds it. */
  readonly element: Element;
  readonly span: Span;
}

/**
 * A place that records have in common, such as "the link in the second cell". Slots align the records of a list: what
 * stands in one slot is one column (partial tree alignment after Zhai & Liu, "Web Data Extraction Based on Partial Tree
 * Alignment", WWW 2005, with keys of name, class and position instead of edit distance, so that it stays linear).
 */
export interface Slot {
  readonly kind: "element" | "text";
  readonly tag: string;
  /** Relative to the record, by classes. */
  readonly selector: string;
  /** Relative to the record, by position only. */
  readonly position: string;
  readonly parent: Slot | null;
  /** By index of the record. */
  readonly cells: Map<number, SlotCell>;
  /** Column of a table row, counting what spans columns; else -1. */
  readonly column: number;
}

const MAX_SLOTS = 600;
const MAX_DEPTH = 24;
const MAX_NODES_PER_RECORD = 3000;

/** The slots of these records, in the order in which they were first met. */
export function collectSlots(page: Page, units: readonly RecordUnit[]): Slot[] {
  const collector = new SlotCollector(page, units);
  units.forEach((unit, index) => collector.visit(unit, index));
  return [...collector.slots.values()];
}

interface Frame {
  readonly children: readonly AnyNode[];
  readonly holder: Element;
  readonly parent: Slot | null;
  readonly depth: number;
}

class SlotCollector {
  readonly slots = new Map<string, Slot>();
  readonly #page: Page;
  readonly #classes: ReadonlySet<string>;
  #left = 0;

  constructor(page: Page, units: readonly RecordUnit[]) {
    this.#page = page;
    this.#classes = commonClasses(units);
  }

  visit(unit: RecordUnit, index: number): void {
    const [node] = unit.nodes;
    const alone = unit.nodes.length === 1 && node && isTag(node) ? node : null;
    this.#left = MAX_NODES_PER_RECORD;
    if (alone)
      this.#add(
        index,
        { kind: "element", tag: alone.name, selector: ":scope", position: ":scope", parent: null, column: -1 },
        alone,
        alone,
      );
    this.#descend(index, {
      children: alone ? alone.children : unit.nodes,
      holder: alone ?? unit.container,
      parent: null,
      depth: 0,
    });
  }

  #descend(index: number, frame: Frame): void {
    const { children, holder, parent, depth } = frame;
    const positions = new SiblingPositions();
    const scope = { selector: parent?.selector ?? ":scope", position: parent?.position ?? ":scope" };
    let before = { selector: `${scope.selector} > ::text`, position: `${scope.position} > ::text` };
    let column = 0;
    for (const child of children) {
      if ((this.#left -= 1) < 0) return;
      if (isText(child)) {
        if (/[\p{L}\p{N}]/u.test(child.data))
          this.#add(index, { kind: "text", tag: "#", ...before, parent, column: -1 }, holder, child);
        continue;
      }
      if (!isTag(child) || INVISIBLE.has(child.name)) continue;
      const classes = stableClasses(child)
        .filter((name) => this.#classes.has(name))
        .slice(0, 4);
      const [nthAlike, nthNamed] = positions.of(child, classes);
      const name = escapeName(child.name);
      const place = {
        selector: `${scope.selector} > ${name}${classes.map((one) => `.${escapeName(one)}`).join("")}:nth(${nthAlike})`,
        position: `${scope.position} > ${name}:nth(${nthNamed})`,
      };
      const isCell = child.name === "td" || child.name === "th";
      const slot = this.#add(
        index,
        { kind: "element", tag: child.name, ...place, parent, column: isCell ? column : -1 },
        child,
        child,
      );
      if (isCell) column += Math.min(Number(child.attribs["colspan"]) || 1, 100);
      before = { selector: `${place.selector} + ::text`, position: `${place.position} + ::text` };
      if (slot && depth < MAX_DEPTH && child.children.length > 0)
        this.#descend(index, { children: child.children, holder: child, parent: slot, depth: depth + 1 });
    }
  }

  #add(index: number, place: Omit<Slot, "cells">, element: Element, node: AnyNode): Slot | null {
    const known = this.slots.get(place.selector);
    const span = outlineOf(this.#page).spanOf(node);
    if (!span) return null;
    const slot = known ?? (this.slots.size < MAX_SLOTS ? { ...place, cells: new Map<number, SlotCell>() } : null);
    if (!slot) return null;
    if (!known) this.slots.set(place.selector, slot);
    const cell = slot.cells.get(index);
    slot.cells.set(index, {
      element,
      span: cell ? [Math.min(cell.span[0], span[0]), Math.max(cell.span[1], span[1])] : span,
    });
    return slot;
  }
}

/** Counts siblings as `:nth()` of a selector does: among those with the same name that have all these classes. */
class SiblingPositions {
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

/** Classes that several records have. Those that only one record has are its content, not its structure. */
function commonClasses(units: readonly RecordUnit[]): Set<string> {
  const seen = new Map<string, number>();
  for (const { nodes } of units) {
    const own = new Set<string>();
    const pending: AnyNode[] = [...nodes];
    let left = MAX_NODES_PER_RECORD;
    for (let node = pending.pop(); node && (left -= 1) > 0; node = pending.pop()) {
      if (!isTag(node)) continue;
      if (node.attribs["class"]) for (const name of stableClasses(node)) own.add(name);
      for (const child of node.children) if (isTag(child)) pending.push(child);
    }
    for (const name of own) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const least = units.length < 4 ? Math.min(2, units.length) : Math.max(2, units.length * 0.05);
  return new Set([...seen].flatMap(([name, count]) => (count >= least ? [name] : [])));
}
