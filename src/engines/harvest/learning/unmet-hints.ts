import { linksAt, type Recipe } from "#engines/extraction";
import type { ListHints } from "../harvest-request.ts";
import { detailLinks } from "./detail-links.ts";
import type { Listing } from "./learn-listing.ts";

type GoesOn = NonNullable<ListHints["goesOn"]>;

const NAMES: Readonly<Record<GoesOn, string>> = {
  pages: "pages",
  "load-more": "a control that loads more",
  scroll: "scrolling",
};

/** What a person said of the list that does not fit what was learnt, a sentence each. */
export function unmetHints(
  { page, learned, fetched }: Pick<Listing, "page" | "learned" | "fetched">,
  recipe: Recipe | null,
  { goesOn, detailSelector }: ListHints,
): string[] {
  if (!recipe) return [];
  const notes: string[] = [];
  const found = wayOnOf(recipe);
  if (goesOn !== undefined && found !== goesOn)
    notes.push(
      `The list was said to go on by ${NAMES[goesOn]}; the page shows ${found === null ? "no way on" : NAMES[found]}.`,
    );
  if (detailSelector === undefined) return notes;
  const links = linksAt(page, detailSelector);
  const own = detailLinks(learned.extraction?.records ?? [], fetched.url);
  if (links.length === 0)
    notes.push(`No link stands at "${detailSelector}"; pages of records were looked for elsewhere.`);
  else if (!own.some((link) => link !== null && links.includes(link)))
    notes.push(`What stands at "${detailSelector}" is no record's own page; those were looked for elsewhere.`);
  return notes;
}

function wayOnOf({ pagination: { kind, next }, endpoint }: Recipe): GoesOn | null {
  if (kind === "infinite-scroll" || next?.by === "scroll") return "scroll";
  if (kind === "load-more" || next?.by === "click") return "load-more";
  if (endpoint) return "load-more";
  return kind === "none" && !next ? null : "pages";
}
