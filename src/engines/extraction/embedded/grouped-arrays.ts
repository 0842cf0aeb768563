import type { EmbeddedData, Located, RecordArray } from "./embedded-data.ts";
import { locate, recordArray } from "./record-arrays.ts";

const MOST_VISITED = 50_000;
const MOST_DEPTH = 12;

/** Stands in keys for every item of an array. */
export const EVERY = "*";

/** Lists whose records stand in groups: `{"departments": [{"notices": […]}, {"notices": […]}]}`, each as one array. */
export function groupedArrays(embedded: readonly EmbeddedData[]): RecordArray[] {
  return embedded.flatMap((source) =>
    [...groupKeys(source.value)].flatMap((joined): RecordArray[] => {
      const keys = joined.split("\n");
      const arrays = locateAll(source.value, keys).filter((value) => value.kind === "array");
      const array =
        arrays.length > 1
          ? recordArray(
              source,
              arrays.flatMap(({ items }) => items),
              keys,
            )
          : null;
      return array ? [array] : [];
    }),
  );
}

/** All values at keys in which `*` stands for every item of an array. */
export function locateAll(value: Located, keys: readonly string[]): Located[] {
  let found: readonly Located[] = [value];
  for (const key of keys) found = found.flatMap((one) => inside(one, key));
  return [...found];
}

function inside(value: Located, key: string): Located[] {
  if (value.kind === "array" && key === EVERY) return [...value.items];
  const one = locate(value, [key]);
  return one ? [one] : [];
}

/** Keys of arrays that stand in the items of another one. */
function groupKeys(root: Located): Set<string> {
  const found = new Set<string>();
  const pending: { value: Located; keys: readonly string[] }[] = [{ value: root, keys: [] }];
  let left = MOST_VISITED;
  for (let next = pending.pop(); next && (left -= 1) > 0; next = pending.pop()) {
    const { value, keys } = next;
    if (keys.length > MOST_DEPTH) continue;
    if (value.kind === "array") {
      if (keys.includes(EVERY)) found.add(keys.join("\n"));
      for (const item of value.items.slice(0, 500)) pending.push({ value: item, keys: [...keys, EVERY] });
    } else if (value.kind === "object")
      for (const [key, item] of value.entries) pending.push({ value: item, keys: [...keys, key] });
  }
  return found;
}
