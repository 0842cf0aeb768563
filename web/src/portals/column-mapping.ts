import type { ColumnWishes, RecipeColumn } from "./recipe-column.ts";

/** What is to become of columns, wherever a list has them: another name, or nothing. */
export type ColumnMapping = readonly MappedColumn[];

interface MappedColumn {
  readonly name: string;
  readonly type: string;
  /** Null: it is dropped. */
  readonly wanted: string | null;
}

/** What somebody wants of the columns of one list, as far as it changes anything. */
export function mappingOf(columns: readonly RecipeColumn[], wishes: ColumnWishes): ColumnMapping {
  return columns.flatMap(({ name, type }) => {
    const wanted = wishes.get(name);
    return wanted === undefined || wanted === name ? [] : [{ name, type, wanted }];
  });
}

export function wishesOf(mapping: ColumnMapping): ColumnWishes {
  return new Map(mapping.map(({ name, wanted }) => [name, wanted]));
}

/** Why a list cannot take a mapping; null where it can. All or nothing: half of it would be neither this nor that. */
export function misfitOf(columns: readonly RecipeColumn[], mapping: ColumnMapping): string | null {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const missing = mapping.filter(({ name }) => !types.has(name));
  if (missing.length > 0) return `It has no column ${quoted(missing.map(({ name }) => name))}.`;
  const other = mapping.find(({ name, type }) => types.get(name) !== type);
  if (other) return `Its column “${other.name}” holds another kind: ${types.get(other.name)}, not ${other.type}.`;
  const moved = new Set(mapping.map(({ name }) => name));
  const taken = mapping.find(({ wanted }) => wanted !== null && types.has(wanted) && !moved.has(wanted));
  return taken ? `It has another column “${taken.wanted}” already.` : null;
}

/** “title” becomes “subject”, “value” is dropped */
export function mappingInWords(mapping: ColumnMapping): string {
  return mapping
    .map(({ name, wanted }) => (wanted === null ? `“${name}” is dropped` : `“${name}” becomes “${wanted}”`))
    .join(", ");
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(" and ");
}
