import type { Element } from "domhandler";
import type { Page } from "../page/page.ts";
import type { Candidate } from "./candidate.ts";
import { headingsOver, partUnder } from "./headings-over.ts";
import type { Ranked } from "./rank-lists.ts";

/**
 * Where lists of a page are built alike and only the words above them differ, somebody who pointed at one means that one:
 * the list is cut down to what stands under the headings of the containers that were pointed at, and bound to their words.
 * Where no heading tells anything apart, the candidate stays as it is.
 */
export function bindToHeading(
  page: Page,
  lists: readonly Ranked[],
  chosen: Candidate,
  pointed: readonly Element[],
): Candidate {
  const wide = widestAround(lists, chosen);
  if (wide.containers.length < 2) return chosen;
  const over = headingsOver(page, wide.containers);
  const wanted = [...new Set(pointed.flatMap((container) => over.get(container) ?? (over.has(container) ? null : [])))];
  const headings = wanted.filter((heading) => heading !== null);
  const isToldApart = headings.length === wanted.length && [...over.values()].some((one) => !wanted.includes(one));
  return (isToldApart && headings.length > 0 ? partUnder(page, wide, headings) : null) ?? chosen;
}

/** The list that holds the chosen one and the most that is built like it. */
function widestAround(lists: readonly Ranked[], chosen: Candidate): Candidate {
  let widest = chosen;
  for (const { candidate } of lists) {
    if (candidate.kind !== chosen.kind || candidate.containers.length <= widest.containers.length) continue;
    const firsts = new Set(candidate.units.map(({ nodes: [first] }) => first));
    if (chosen.units.every(({ nodes: [first] }) => firsts.has(first))) widest = candidate;
  }
  return widest;
}
