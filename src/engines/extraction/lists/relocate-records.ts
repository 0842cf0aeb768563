import type { Page } from "../page/page.ts";
import { findLists } from "./find-lists.ts";
import { partUnder } from "./headings-over.ts";
import type { ListRule } from "./list-rule.ts";
import { withHeadings, type Located } from "./locate-records.ts";
import { likeness, shapeFromPaths } from "./shape.ts";

/** How like the learnt records others must be to be taken for them. */
const ALIKE = 0.7;
/** Lists looked at, best first: what ranks lower is furniture. */
const LOOKED_AT = 5;

/**
 * Finds the list again when none of its selectors does, by what its records look like: classes were renamed, or the
 * list was moved. Nothing is taken for it that is not much alike.
 */
export function relocateRecords(rule: ListRule, page: Page): Located {
  const wanted = shapeFromPaths(rule.record.shape);
  let best: Located = { units: [], containers: [], place: -1 };
  let bestLikeness = ALIKE;
  for (const { candidate: found } of findLists(page).slice(0, LOOKED_AT)) {
    const candidate = rule.under ? partUnder(page, found, rule.under) : found;
    if (candidate?.kind !== rule.record.unit) continue;
    const alike = likeness(wanted, candidate.shape);
    if (alike <= bestLikeness) continue;
    bestLikeness = alike;
    best = {
      units: withHeadings(page, rule, candidate.units),
      containers: candidate.containers,
      place: rule.containers.length,
    };
  }
  return best;
}
