import type { MappableColumn, Wish, WishMapping } from "./wish.ts";

/** Maps columns to wished fields by name, synonym, type and values. A column answers at most one field. */
export function mapColumns(_wish: Wish, _columns: readonly MappableColumn[]): WishMapping {
  return { mappings: [], missing: [] };
}
