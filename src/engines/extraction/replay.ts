/** The door for threads that replay recipes: they start in half the time when nothing that learns is loaded. */
export { applyRecipe } from "./apply-recipe.ts";
export type { Page, PageSource } from "./page/page.ts";
export { parsePage } from "./page/parse-page.ts";
export { findPagination } from "./pagination/find-pagination.ts";
export type { Recipe } from "./recipe.ts";
export type { Drift, ExtractedRecord, PageExtraction } from "./records/extracted-record.ts";
export type { ExtractedValue } from "./values/extracted-value.ts";
export { RecipeReader, type Reading } from "./stencil/recipe-reader.ts";
export { verifyEvidence } from "./verify-evidence.ts";
