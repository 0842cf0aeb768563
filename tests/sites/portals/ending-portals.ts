import { FALSE_ENDS, LEAPING_PAGERS, nextPageOfTheSite, sponsoredCards } from "../false-ends.ts";
import type { Portal } from "../portal.ts";
import { tenders, type Tender } from "../tenders.ts";
import { boroughPortal } from "./borough-portals.ts";

/** What each list that ends too early shows of itself. */
const SHOWN: Readonly<Record<keyof typeof FALSE_ENDS, readonly Tender[]>> = {
  "a total that is only a lower bound": tenders(30),
  "a total in words that is only a lower bound": tenders(30),
  "a cap that the search reached": tenders(30),
  "a filter that hides most": tenders(12),
  "a last row that says how many follow": tenders(10),
  "the beginnings of two sections": tenders(10),
  "years that a script unfolds": tenders(10),
  "a year that is chosen beforehand": tenders(13),
  "one month of a calendar": tenders(10),
};

/** These say a number that was not reached; the others only say that there is more. */
const SAYING_MORE: ReadonlySet<string> = new Set([
  "a total that is only a lower bound",
  "a total in words that is only a lower bound",
]);

const LENGTHS: Readonly<Record<keyof typeof LEAPING_PAGERS, number>> = {
  "a next link that leads ten pages on": 120,
  "dots that lead to the next three pages": 60,
  "buttons whose script goes to an address": 30,
};

const entries = <Key extends string, Value>(all: Readonly<Record<Key, Value>>): [string, Value][] =>
  Object.entries<Value>(all);

/** Portals whose lists seem to end where they do not, or do not seem to go on where they do. */
export const ENDING_PORTALS: readonly Portal[] = [
  ...entries(FALSE_ENDS).map(([name, site]) =>
    boroughPortal(name, {
      kind: "false ends",
      handle: () => site,
      of: new Map(entries(SHOWN)).get(name) ?? [],
      completeness: SAYING_MORE.has(name) ? "incomplete" : "unknown",
    }),
  ),
  ...entries(LEAPING_PAGERS).map(([name, site]) =>
    boroughPortal(name, {
      kind: "leaping pagers",
      handle: () => site,
      of: tenders(new Map(entries(LENGTHS)).get(name) ?? 0),
    }),
  ),
  boroughPortal("advertisements drawn like the records", {
    kind: "cards",
    handle: () => sponsoredCards,
    of: tenders(30),
    fields: ["referenceNumber", "title", "agency", "closingDate", "detailUrl"],
  }),
  boroughPortal("a page that goes on to another page of the site", {
    kind: "static table",
    handle: () => nextPageOfTheSite,
    of: tenders(13),
  }),
];
