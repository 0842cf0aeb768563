import { linksAt, type Recipe } from "#engines/extraction";
import type { ListHints } from "../harvest-request.ts";
import type { Listing } from "./learn-listing.ts";

type GoesOn = NonNullable<ListHints["goesOn"]>;

const NAMES: Readonly<Record<GoesOn, string>> = {
  pages: "pages",
  "load-more": "a control that loads more",
  scroll: "scrolling",
};

/** What a person said of the list that does not fit what was learnt, a sentence each. */
export function unmetHints(
  { page }: Pick<Listing, "page">,
  recipe: Recipe | null,
  { goesOn, detailSelector }: ListHints,
  column: string | undefined,
): string[] {
  if (!recipe) return [];
  const notes: string[] = [];
  const found = wayOnOf(recipe);
  if (goesOn !== undefined && found !== goesOn)
    notes.push(
      `The list was said to go on by ${NAMES[goesOn]}; the page shows ${found === null ? "no way on" : NAMES[found]}.`,
    );
  if (detailSelector === undefined || column !== undefined) return notes;
  const what =
    linksAt(page, detailSelector).length === 0
      ? `No link stands at "${detailSelector}"`
      : `What stands at "${detailSelector}" is no column of the list`;
  notes.push(
    `${what}: pages of records were looked for elsewhere. Give a selector of the link in each record (detailLinkSelector), or leave it out.`,
  );
  return notes;
}

function wayOnOf({ pagination: { kind, next }, endpoint }: Recipe): GoesOn | null {
  if (kind === "infinite-scroll" || next?.by === "scroll") return "scroll";
  if (kind === "load-more" || next?.by === "click") return "load-more";
  if (endpoint) return "load-more";
  return kind === "none" && !next ? null : "pages";
}
