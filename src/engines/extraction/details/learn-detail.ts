import type { Page } from "../page/page.ts";
import type { Wish } from "../wish/wish.ts";
import type { DetailRecipe } from "./detail-recipe.ts";

export interface DetailOptions {
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
  readonly wish?: Wish;
}

/** Learns the detail pages of one listing from one, better two or three of them. */
export function learnDetail(_pages: readonly Page[], _options: DetailOptions = {}): DetailRecipe {
  return { fields: [] };
}
