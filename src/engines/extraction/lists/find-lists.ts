import { isTag, type Element } from "domhandler";
import { headerOf } from "../columns/table-header.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import { countIn, signalsOf } from "../outline/page-signals.ts";
import type { Page } from "../page/page.ts";
import type { Candidate } from "./candidate.ts";
import { findRuns, LEAST_LIKENESS } from "./find-runs.ts";
import { PagePlaces } from "./page-places.ts";
import { hasColumnHeaders, rankLists, type Ranked } from "./rank-lists.ts";
import { likeness, typicalShape } from "./shape.ts";

/** Elements whose children are never records on their own. */
const NO_CONTAINER = new Set(["select", "optgroup", "datalist", "head", "html", "a", "ruby", "button"]);

/** Fewer bodies of a table than this are its parts. */
const LEAST_BODIES = 3;
const LEAST_CELLS = 3;
const MAX_LISTS_PER_PLACE = 12;

/** The lists of a page, best first. */
export function findLists(page: Page): Ranked[] {
  const outline = outlineOf(page);
  const places = new PagePlaces();
  const repeated: Candidate[] = [];
  const single = new Map<string, Candidate[]>();
  for (const element of outline.elements) {
    if (NO_CONTAINER.has(element.name) || (element.name === "tr" && !isDateRow(page, outline, element))) continue;
    if (element.name === "table" && !holdsBodies(element)) continue;
    for (const run of findRuns(element, page)) {
      if (run.units.length > 1) repeated.push(run);
      else if (run.kind !== "group") {
        add(single, placeOf(run, places), run);
        if (isOnlyRecord(run, page)) repeated.push(run);
      }
    }
  }
  return rankLists(page, [...repeated, ...unions(repeated, single, places)]);
}

/** The one row under a row of headers: as many cells, and something of its own. */
function isOnlyRecord(run: Candidate, page: Page): boolean {
  const [unit] = run.units;
  const [row] = unit?.nodes ?? [];
  const [container] = run.containers;
  if (!unit || !row || !container || !isTag(row) || row.name !== "tr" || !hasColumnHeaders(run)) return false;
  const cells = row.children.filter((cell) => isTag(cell)).length;
  const { dates, codes } = signalsOf(page);
  const tells = countIn(dates, unit.span) > 0 || countIn(codes, unit.span) > 0;
  return cells >= LEAST_CELLS && cells === headerOf(page, container).length && tells;
}

/** Some tables give each record a body of its own, of several rows. */
function holdsBodies({ children }: Element): boolean {
  const bodies = children.filter((child) => isTag(child)).filter(({ name }) => name === "tbody");
  return bodies.length >= LEAST_BODIES && bodies.every((body) => countRows(body) > 1);
}

const countRows = ({ children }: Element): number =>
  children.filter((child) => isTag(child) && child.name === "tr").length;

/** Calendars put one record into each cell: several cells, and a date in every cell that holds anything. */
function isDateRow(page: Page, outline: PageOutline, row: Element): boolean {
  const { dates } = signalsOf(page);
  let filled = 0;
  for (const cell of row.children) {
    const span = isTag(cell) ? outline.spanOf(cell) : null;
    if (!span || span[0] === span[1]) continue;
    if (countIn(dates, span) === 0) return false;
    filled += 1;
  }
  return filled > 1;
}

/** The same list spread over several containers that stand alike in the page: one table per month, one list per day. */
function unions(
  repeated: readonly Candidate[],
  single: ReadonlyMap<string, readonly Candidate[]>,
  places: PagePlaces,
): Candidate[] {
  const byPlace = new Map<string, Candidate[]>();
  for (const candidate of repeated) add(byPlace, placeOf(candidate, places), candidate);
  return [...byPlace].flatMap(([place, same]) => joinAlike([...same, ...(single.get(place) ?? [])]));
}

/** Joins parts of one list. A container gives one part to a list: two kinds of rows in it are two lists. */
function joinAlike(parts: readonly Candidate[]): Candidate[] {
  const lists: { first: Candidate; parts: Candidate[]; containers: Set<Element | undefined> }[] = [];
  for (const part of parts) {
    const [container] = part.containers;
    let best: (typeof lists)[number] | null = null;
    let bestLikeness = LEAST_LIKENESS;
    for (const list of lists) {
      if (list.containers.has(container)) continue;
      const alike = likeness(list.first.shape, part.shape);
      if (alike >= bestLikeness) [best, bestLikeness] = [list, alike];
    }
    if (best) {
      best.parts.push(part);
      best.containers.add(container);
    } else if (lists.length < MAX_LISTS_PER_PLACE)
      lists.push({ first: part, parts: [part], containers: new Set([container]) });
  }
  return lists.filter((list) => list.parts.length > 1).map((list) => union(list.parts));
}

function union(parts: readonly Candidate[]): Candidate {
  return {
    containers: [...new Set(parts.flatMap((part) => part.containers))],
    kind: parts[0]?.kind ?? "element",
    units: parts.flatMap((part) => part.units).sort((a, b) => a.span[0] - b.span[0]),
    shape: typicalShape(parts.map((part) => part.shape)),
    starts: parts[0]?.starts ?? null,
    isParted: parts[0]?.isParted ?? false,
  };
}

function placeOf({ kind, isParted, units, containers }: Candidate, places: PagePlaces): string {
  const [first] = units[0]?.nodes ?? [];
  return `${isParted ? "parted " : ""}${kind} ${first && isTag(first) ? first.name : "#"} ${places.of(containers[0])}`;
}

function add(map: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const known = map.get(key);
  if (known) known.push(candidate);
  else map.set(key, [candidate]);
}
