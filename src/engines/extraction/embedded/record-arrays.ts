import type { EmbeddedData, Located, RecordArray } from "./embedded-data.ts";

const MIN_ITEMS = 2;
const MAX_VISITED = 200_000;
const MAX_FIELD_DEPTH = 3;
/** Items looked at to decide which fields an array has. */
const MAX_SAMPLED = 40;
/** Lists that every site has and nobody asks for. */
const FURNITURE =
  /breadcrumb|navigation|\bnav\b|menu|sitelinks|language|locale|translation|breakpoint|srcset|route|plugin|script|font|consent|cookie|feature/i;

/** Arrays of alike objects or rows, best first. */
export function findRecordArrays(embedded: readonly EmbeddedData[]): RecordArray[] {
  const found: RecordArray[] = [];
  let left = MAX_VISITED;
  for (const source of embedded) {
    const pending: { value: Located; keys: readonly string[] }[] = [{ value: source.value, keys: [] }];
    for (let next = pending.pop(); next && (left -= 1) > 0; next = pending.pop()) {
      const { value, keys } = next;
      if (value.kind === "array") {
        const array = recordArray(source, value.items, keys);
        if (array) found.push(array);
        value.items
          .slice(0, 500)
          .forEach((item, index) => pending.push({ value: item, keys: [...keys, String(index)] }));
      } else if (value.kind === "object" && keys.length < 24) {
        for (const [key, item] of value.entries) pending.push({ value: item, keys: [...keys, key] });
      }
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

/** A value inside a value: `["offers", "0", "price"]`; null when there is none. */
export function locate(value: Located, keys: readonly string[]): Located | null {
  let current: Located | undefined = value;
  for (const key of keys) {
    if (current?.kind === "object") current = current.entries.get(key);
    else if (current?.kind === "array") current = current.items[Number(key)];
    else return null;
  }
  return current ?? null;
}

/** A field of a record: dots lead into nested objects. A key that itself holds a dot wins. */
export function fieldOf(item: Located, field: string): Located | null {
  if (item.kind === "object" && item.entries.has(field)) return item.entries.get(field) ?? null;
  return locate(item, field.split("."));
}

/** Items as records, if they are alike objects or rows with two fields at least. */
export function recordArray(
  source: EmbeddedData,
  items: readonly Located[],
  keys: readonly string[],
): RecordArray | null {
  if (items.length < MIN_ITEMS) return null;
  const records = items.map(unwrapped);
  const kind = records[0]?.kind;
  if ((kind !== "object" && kind !== "array") || records.some((record) => record.kind !== kind)) return null;
  const sampled = records.slice(0, MAX_SAMPLED);
  const counts = new Map<string, number>();
  for (const record of sampled)
    for (const field of fieldsOf(record, 0)) counts.set(field, (counts.get(field) ?? 0) + 1);
  const fields = [...counts].filter(([, count]) => count >= sampled.length / 2).map(([field]) => field);
  if (fields.length < 2) return null;
  return { source, keys, items: records, fields, score: scoreOf(source, keys, sampled, fields, counts, items.length) };
}

/** An entry of a schema.org ItemList stands for the item in it. */
export function unwrapped(item: Located): Located {
  if (item.kind !== "object") return item;
  const inner = item.entries.get("item");
  return inner?.kind === "object" && item.entries.has("position") ? inner : item;
}

function fieldsOf(item: Located, depth: number): string[] {
  if (depth > MAX_FIELD_DEPTH) return [];
  const entries: Iterable<readonly [string, Located]> =
    item.kind === "object"
      ? item.entries
      : item.kind === "array"
        ? item.items.slice(0, 60).map((value, index) => [String(index), value] as const)
        : [];
  const fields: string[] = [];
  for (const [key, value] of entries) {
    if (fields.length > 200) break;
    if (value.kind === "object") fields.push(...fieldsOf(value, depth + 1).map((field) => `${key}.${field}`));
    else if (value.kind !== "array") fields.push(key);
  }
  return fields;
}

/** Many alike records with several telling fields, of which one differs in every record, that are no site furniture. */
function scoreOf(
  source: EmbeddedData,
  keys: readonly string[],
  sampled: readonly Located[],
  fields: readonly string[],
  counts: ReadonlyMap<string, number>,
  size: number,
): number {
  const alike = fields.length / Math.max(1, counts.size);
  const names = `${source.name ?? ""} ${keys.join(" ")}`;
  const furniture = FURNITURE.test(names.replace(/([a-z])([A-Z])/g, "$1 $2")) ? 0.2 : 1;
  const amount = 1 - 1 / (1 + size / 6);
  const width = 1 - 1 / (1 + fields.length / 3);
  return furniture * (0.3 * alike + 0.25 * amount + 0.2 * width + 0.25 * distinctText(sampled, fields));
}

/** Share of records that the most telling text field tells apart, less when the texts are short. */
function distinctText(sampled: readonly Located[], fields: readonly string[]): number {
  let best = 0;
  for (const field of fields) {
    const texts = sampled
      .map((item) => fieldOf(item, field))
      .flatMap((leaf) => (leaf?.kind === "string" ? [leaf.value] : []));
    const long = texts.reduce((sum, text) => sum + Math.min(text.length, 24), 0) / Math.max(1, texts.length) / 24;
    best = Math.max(best, (new Set(texts).size / sampled.length) * long);
  }
  return best;
}
