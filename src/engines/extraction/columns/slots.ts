import { isTag, isText, type AnyNode, type Element } from "domhandler";
import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline, type Span } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { INVISIBLE } from "../page/text-of.ts";
import { stableClasses } from "../records/stable-names.ts";
import { mergeAlternates } from "./merge-slots.ts";
import { rowChildren } from "./row-cells.ts";
import { SiblingPositions } from "./sibling-positions.ts";
import { headerOf } from "./table-header.ts";

/** What one record has in a slot. */
export interface SlotCell {
  /** The element, or for a run of text the element that holds it. */
  readonly element: Element;
  readonly span: Span;
}

/**
 * A place that records have in common, such as "the link in the second cell". Slots align the records of a list: what
 * stands in one slot is one column. Partial tree alignment after Zhai & Liu, "Web Data Extraction Based on Partial Tree
 * Alignment" (WWW 2005), with keys of name, class and position instead of edit distance, so that it stays linear.
 */
export interface Slot {
  readonly kind: "element" | "text";
  readonly tag: string;
  readonly classes: readonly string[];
  /** The n-th among its siblings that have this name and these classes. */
  readonly nth: number;
  /** Its positions among siblings of its name. More than one: something optional stands before it. */
  readonly positions: Set<number>;
  readonly parent: Slot | null;
  /** By index of the record. */
  readonly cells: Map<number, SlotCell>;
  readonly children: Map<string, Slot>;
  /** Text at the start of the element, and right after it. */
  firstText: Slot | null;
  nextText: Slot | null;
  /** Column of a table row, counting what spans columns; else -1. */
  readonly column: number;
  /** Classes vary without meaning (`odd`, `even`): only the position tells. */
  byPosition: boolean;
}

const MAX_SLOTS = 600;
const MAX_DEPTH = 24;
const MAX_NODES_PER_RECORD = 3000;

/** The slots of these records, in document order. The first is the record itself. */
export function collectSlots(page: Page, units: readonly RecordUnit[]): Slot[] {
  const [first] = units;
  const isHeaded = first !== undefined && headerOf(page, first.container).length > 0;
  const collector = new SlotCollector(outlineOf(page), units, isHeaded);
  units.forEach((unit, index) => collector.visit(unit, index));
  mergeAlternates(collector.root);
  const slots: Slot[] = [];
  list(collector.root, slots);
  return slots;
}

function list(slot: Slot, into: Slot[]): void {
  into.push(slot);
  if (slot.firstText) into.push(slot.firstText);
  for (const child of slot.children.values()) {
    list(child, into);
    if (child.nextText) into.push(child.nextText);
  }
}

export function newSlot(fields: Pick<Slot, "kind" | "tag" | "parent"> & Partial<Slot>): Slot {
  return {
    classes: [],
    nth: 1,
    positions: new Set(),
    cells: new Map(),
    children: new Map(),
    firstText: null,
    nextText: null,
    column: -1,
    byPosition: false,
    ...fields,
  };
}

class SlotCollector {
  readonly root: Slot = newSlot({ kind: "element", tag: ":scope", parent: null });
  readonly #outline: PageOutline;
  readonly #classes: ReadonlySet<string>;
  /** Only under a header can a cell that spans several rows be found again from each of them. */
  readonly #isHeaded: boolean;
  #slots = 0;
  #left = 0;

  constructor(outline: PageOutline, units: readonly RecordUnit[], isHeaded: boolean) {
    this.#isHeaded = isHeaded;
    this.#outline = outline;
    this.#classes = commonClasses(units);
  }

  visit(unit: RecordUnit, index: number): void {
    const [node] = unit.nodes;
    const alone = unit.nodes.length === 1 && node && isTag(node) ? node : null;
    this.#left = MAX_NODES_PER_RECORD;
    if (alone) this.#fill(this.root, index, alone, alone);
    const own = alone && this.#isHeaded ? rowChildren(alone) : alone?.children;
    this.#descend(index, own ?? unit.nodes, alone ?? unit.container, this.root, 0);
  }

  #descend(index: number, children: readonly AnyNode[], holder: Element, parent: Slot, depth: number): void {
    const positions = new SiblingPositions();
    let before: Slot | null = null;
    let column = 0;
    for (const child of children) {
      if ((this.#left -= 1) < 0) return;
      if (isText(child) && /[\p{L}\p{N}]/u.test(child.data)) this.#addText(index, parent, before, holder, child);
      if (!isTag(child) || INVISIBLE.has(child.name)) continue;
      const isCell = child.name === "td" || child.name === "th";
      const slot = this.#slotFor(parent, child, positions, isCell ? column : -1);
      if (isCell) column += Math.min(Number(child.attribs["colspan"]) || 1, 100);
      before = slot;
      if (!slot) continue;
      this.#fill(slot, index, child, child);
      if (depth < MAX_DEPTH && child.children.length > 0) this.#descend(index, child.children, child, slot, depth + 1);
    }
  }

  #slotFor(parent: Slot, child: Element, positions: SiblingPositions, column: number): Slot | null {
    const classes = stableClasses(child)
      .filter((name) => this.#classes.has(name))
      .slice(0, 4);
    const [nth, position] = positions.of(child, classes);
    const key = `${child.name}.${classes.join(".")}:${nth}`;
    let slot = parent.children.get(key);
    if (!slot) {
      if ((this.#slots += 1) > MAX_SLOTS) return null;
      slot = newSlot({ kind: "element", tag: child.name, classes, nth, parent, column });
      parent.children.set(key, slot);
    }
    slot.positions.add(position);
    return slot;
  }

  #addText(index: number, parent: Slot, before: Slot | null, holder: Element, node: AnyNode): void {
    const known = before ? before.nextText : parent.firstText;
    const slot = known ?? newSlot({ kind: "text", tag: "#", parent });
    if (before) before.nextText = slot;
    else parent.firstText = slot;
    this.#fill(slot, index, holder, node);
  }

  #fill(slot: Slot, index: number, element: Element, node: AnyNode): void {
    const span = this.#outline.spanOf(node);
    if (!span) return;
    const cell = slot.cells.get(index);
    slot.cells.set(index, {
      element,
      span: cell ? [Math.min(cell.span[0], span[0]), Math.max(cell.span[1], span[1])] : span,
    });
  }
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
