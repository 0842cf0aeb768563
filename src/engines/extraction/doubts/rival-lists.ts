import type { Candidate, RecordUnit } from "../lists/candidate.ts";
import type { RivalList } from "../lists/list-candidate.ts";
import { learnListRule } from "../lists/learn-list-rule.ts";
import type { Ranked } from "../lists/rank-lists.ts";
import type { Page } from "../page/page.ts";
import { subjectOf, textsOf } from "./opportunity-signs.ts";

/** Of the chosen list's score: from here on another list is as likely. */
const COMPARABLE = 0.5;
/** Enough for a list that says of itself that it holds opportunities, where the chosen one does not. */
const SAYS_SO = 0.1;
const LEAST_RECORDS = 3;
const MOST_RIVALS = 4;
const LONGEST_SAMPLE = 120;

/** Other lists of a page that may be the one that is meant, likeliest first. Parts and wholes of the chosen one are none. */
export function rivalsOf(page: Page, all: readonly Ranked[], chosen: readonly RecordUnit[]): RivalList[] {
  const taken = [spanOf(chosen)];
  const own = all.find(({ candidate }) => overlaps(spanOf(candidate.units), taken));
  if (!own || chosen.length === 0) return [];
  const containers = [...new Set(chosen.map(({ container }) => container))];
  const isSaid = subjectOf(page, { containers, texts: textsOf(page, chosen) }) === "opportunities";
  const rivals: RivalList[] = [];
  for (const { candidate, score } of all) {
    if (rivals.length >= MOST_RIVALS || score < own.score * SAYS_SO) break;
    const span = spanOf(candidate.units);
    if (candidate.units.length < LEAST_RECORDS || overlaps(span, taken)) continue;
    const isComparable = score >= own.score * COMPARABLE;
    if (!isComparable && (isSaid || !saysSo(page, candidate))) continue;
    taken.push(span);
    const [selector] = learnListRule(page, candidate).containers;
    const [sample = ""] = textsOf(page, candidate.units.slice(0, 1));
    if (selector !== undefined)
      rivals.push({ selector, count: candidate.units.length, sample: sample.slice(0, LONGEST_SAMPLE) });
  }
  return rivals;
}

function saysSo(page: Page, { containers, units }: Candidate): boolean {
  return subjectOf(page, { containers, texts: textsOf(page, units) }) === "opportunities";
}

function spanOf(units: readonly RecordUnit[]): readonly [number, number] {
  return [units[0]?.span[0] ?? 0, units.at(-1)?.span[1] ?? 0];
}

function overlaps([from, to]: readonly [number, number], taken: readonly (readonly [number, number])[]): boolean {
  return taken.some(([start, end]) => from < end && start < to);
}
