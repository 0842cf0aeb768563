import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { DetailRecipe } from "./detail-recipe.ts";

export type DetailFields = Record<string, ExtractedValue | ExtractedValue[]>;

/** Reads the fields of a recipe from a page. Fields that the page lacks are left out. */
export function applyDetail(_recipe: DetailRecipe, _page: Page, _options: { embedded?: boolean } = {}): DetailFields {
  return {};
}
