import type { Slot } from "./slots.ts";

/**
 * Joins slots that are one place under changing classes: rows that alternate `even` and `odd` styles, states, categories.
 * Two siblings of one name are joined when no record has both, both stand at one and the same position, and together
 * they are in nearly every record. An optional element with a class of its own shifts its followers and stays apart.
 */
export function mergeAlternates(slot: Slot): void {
  const pending: Slot[] = [slot];
  for (let parent = pending.pop(); parent; parent = pending.pop()) {
    const byPlace = new Map<string, { key: string; slot: Slot }[]>();
    for (const [key, child] of parent.children) {
      const [position] = child.positions;
      if (child.positions.size !== 1 || position === undefined) continue;
      const place = `${child.tag} ${position}`;
      byPlace.set(place, [...(byPlace.get(place) ?? []), { key, slot: child }]);
    }
    for (const alternates of byPlace.values()) mergePlace(parent, alternates);
    pending.push(...parent.children.values());
  }
}

function mergePlace(parent: Slot, alternates: readonly { key: string; slot: Slot }[]): void {
  const [first, ...others] = alternates;
  if (!first || others.length === 0) return;
  const records = new Set<number>();
  let sum = 0;
  for (const { slot } of alternates) {
    for (const index of slot.cells.keys()) records.add(index);
    sum += slot.cells.size;
  }
  if (records.size !== sum || sum < parent.cells.size * 0.9) return;
  for (const { key, slot } of others) {
    absorb(first.slot, slot);
    parent.children.delete(key);
  }
  first.slot.byPosition = true;
}

/** Moves all that `other` holds into `slot`. */
function absorb(slot: Slot, other: Slot): void {
  for (const [index, cell] of other.cells) slot.cells.set(index, cell);
  for (const position of other.positions) slot.positions.add(position);
  slot.firstText = joined(slot, slot.firstText, other.firstText);
  slot.nextText = joined(slot.parent, slot.nextText, other.nextText);
  for (const [key, child] of other.children) {
    const own = slot.children.get(key);
    if (own) absorb(own, child);
    else slot.children.set(key, adopt(child, slot));
  }
}

function joined(parent: Slot | null, own: Slot | null, other: Slot | null): Slot | null {
  if (!own || !other) return own ?? (other && parent ? adopt(other, parent) : null);
  for (const [index, cell] of other.cells) own.cells.set(index, cell);
  return own;
}

/** A slot under another parent. */
function adopt(slot: Slot, parent: Slot): Slot {
  const adopted: Slot = { ...slot, parent };
  for (const [key, child] of slot.children) adopted.children.set(key, adopt(child, adopted));
  if (adopted.firstText) adopted.firstText = { ...adopted.firstText, parent: adopted };
  if (adopted.nextText) adopted.nextText = { ...adopted.nextText, parent };
  return adopted;
}
