import { escapeName } from "../records/selector.ts";
import type { Slot } from "./slots.ts";

/**
 * Selectors of a slot relative to its record, the most durable first: by a class that only it has, wherever it stands
 * in the record; by classes on the way from the record; by position alone.
 */
export function slotSelectors(slot: Slot): string[] {
  const ways = [deepSelector(slot), chain(slot, true), chain(slot, false)];
  return [...new Set(ways.filter((way) => way !== null && way.length <= 500))].filter((way) => way !== null);
}

/** The chain of names and classes (`exact`) or positions that leads to a slot. */
export function chain(slot: Slot, exact: boolean): string {
  if (slot.kind === "text") return `${chain(anchorOf(slot), exact)} ${isFirstText(slot) ? ">" : "+"} ::text`;
  if (!slot.parent) return ":scope";
  return `${chain(slot.parent, exact)} > ${exact && !slot.byPosition ? step(slot) : place(slot)}`;
}

/** The element that a run of text starts in, or follows. */
function anchorOf(slot: Slot): Slot {
  const { parent } = slot;
  if (!parent || isFirstText(slot)) return parent ?? slot;
  for (const child of parent.children.values()) if (child.nextText === slot) return child;
  return parent;
}

const isFirstText = (slot: Slot): boolean => slot.parent?.firstText === slot;

/** Name and classes; the number only where siblings share both. A class of its own makes the others needless. */
function step(slot: Slot): string {
  const siblings = [...(slot.parent?.children.values() ?? [])].filter((one) => one !== slot && one.tag === slot.tag);
  const own = slot.classes.find((name) => siblings.every((one) => !one.classes.includes(name)));
  if (own !== undefined) return `${escapeName(slot.tag)}.${escapeName(own)}`;
  const compound = escapeName(slot.tag) + slot.classes.map((name) => `.${escapeName(name)}`).join("");
  const alone = siblings.every((one) => !slot.classes.every((name) => one.classes.includes(name)));
  return alone && slot.nth === 1 ? compound : `${compound}:nth(${slot.nth})`;
}

const place = (slot: Slot): string => `${escapeName(slot.tag)}:nth(${Math.min(...slot.positions)})`;

/** `.due-date` when no other slot of the record has that class; it survives a move to another parent. */
function deepSelector(slot: Slot): string | null {
  if (slot.kind === "text") {
    const anchor = anchorOf(slot);
    const deep = anchor.kind === "element" ? deepSelector(anchor) : null;
    return deep === null ? null : `${deep} ${isFirstText(slot) ? ">" : "+"} ::text`;
  }
  if (slot.byPosition || !slot.parent) return null;
  const name = slot.classes.find((one) => countWithClass(rootOf(slot), one) === 1);
  return name === undefined ? null : `:scope .${escapeName(name)}`;
}

function rootOf(slot: Slot): Slot {
  let root = slot;
  while (root.parent) root = root.parent;
  return root;
}

function countWithClass(slot: Slot, name: string): number {
  let count = slot.classes.includes(name) ? 1 : 0;
  for (const child of slot.children.values()) {
    count += countWithClass(child, name);
    if (count > 1) return count;
  }
  return count;
}
