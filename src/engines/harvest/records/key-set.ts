import { hash } from "node:crypto";

const SMALLEST = 1024;
/** Content keys are 64 bits already, spelt as hexadecimal digits. */
const CONTENT_KEY = /^[0-9a-f]{16}$/;

/**
 * Which record keys were seen, in 8 to 16 bytes each instead of the hundred that a `Set<string>` takes: a run over
 * 10,000 pages remembers 300,000 keys. A content key is kept as it is, other keys as 64 bits of their SHA-256; that two of a
 * million collide has a chance of one in forty million.
 */
export class KeySet {
  #slots = new Uint32Array(SMALLEST * 2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** True when the key is new. */
  add(key: string): boolean {
    const digits = CONTENT_KEY.test(key) ? key : hash("sha256", key, "hex");
    // A slot of two zeros is empty, so no key may have that digest.
    const high = Number.parseInt(digits.slice(0, 8), 16) || 1;
    const low = Number.parseInt(digits.slice(8, 16), 16);
    const added = insert(this.#slots, high, low);
    if (added && (this.#size += 1) > this.#slots.length * 0.375) this.#grow();
    return added;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += 2) {
      const high = this.#slots[at] ?? 0;
      if (high !== 0) insert(larger, high, this.#slots[at + 1] ?? 0);
    }
    this.#slots = larger;
  }
}

/** Open addressing with linear probing; the table is never more than three quarters full. */
function insert(slots: Uint32Array, high: number, low: number): boolean {
  const mask = slots.length / 2 - 1;
  for (let slot = low & mask; ; slot = (slot + 1) & mask) {
    const held = slots[slot * 2];
    if (held === high && slots[slot * 2 + 1] === low) return false;
    if (held !== 0) continue;
    slots[slot * 2] = high;
    slots[slot * 2 + 1] = low;
    return true;
  }
}
