import type { Located } from "./embedded-data.ts";

const WRAPPERS = new Set([
  "Reactive",
  "ShallowReactive",
  "Ref",
  "ShallowRef",
  "EmptyRef",
  "EmptyShallowRef",
  "Date",
  "Set",
]);
const MAX_DEPTH = 64;

/**
 * Puts state together that was flattened into one array whose objects name their values by position (the "devalue" format
 * of Nuxt 3 and SvelteKit). Other data comes back as it is.
 */
export function resolveReferences(value: Located): Located {
  if (value.kind !== "array" || !isFlat(value.items)) return value;
  return new Resolver(value.items).resolve(0, 0) ?? value;
}

class Resolver {
  readonly #items: readonly Located[];
  readonly #known = new Map<number, Located | null>();

  constructor(items: readonly Located[]) {
    this.#items = items;
  }

  /** Null while a position is being resolved (a circle), beyond the depth, or for a position outside the array. */
  resolve(position: number, depth: number): Located | null {
    const known = this.#known.get(position);
    if (known !== undefined) return known;
    const item = this.#items[position];
    if (!item || depth > MAX_DEPTH) return null;
    this.#known.set(position, null);
    const resolved = this.#whole(item, depth);
    this.#known.set(position, resolved);
    return resolved;
  }

  #whole(item: Located, depth: number): Located | null {
    if (item.kind === "object") {
      const entries = new Map<string, Located>();
      for (const [key, reference] of item.entries) {
        const value = this.#follow(reference, depth);
        if (value) entries.set(key, value);
      }
      return { kind: "object", entries };
    }
    if (item.kind !== "array") return item;
    const tag = item.items[0];
    if (tag?.kind === "string") {
      if (!WRAPPERS.has(tag.value) || item.items.length > 2) return null;
      return item.items[1] ? this.#follow(item.items[1], depth) : null;
    }
    const items = item.items.map((reference) => this.#follow(reference, depth)).filter((value) => value !== null);
    return { kind: "array", items };
  }

  #follow(reference: Located, depth: number): Located | null {
    if (reference.kind === "number") return this.resolve(reference.value, depth + 1);
    return reference.kind === "string" || reference.kind === "boolean" ? reference : null;
  }
}

/** A flat array starts with an object or wrapper whose values are all positions. */
function isFlat(items: readonly Located[]): boolean {
  const first = items[0];
  if (!first || items.length < 3) return false;
  if (first.kind === "array") {
    const [tag, position] = first.items;
    return tag?.kind === "string" && WRAPPERS.has(tag.value) && position?.kind === "number";
  }
  if (first.kind !== "object" || first.entries.size === 0) return false;
  return [...first.entries.values()].every(
    (value) => value.kind === "number" && Number.isInteger(value.value) && value.value < items.length,
  );
}
