import type { RecordArray } from "./embedded/embedded-data.ts";
import { learnFields } from "./columns/learn-fields.ts";
import type { FieldRule } from "./columns/field-rule.ts";
import { embeddedFields, embeddedRule, findEmbeddedList } from "./lists/embedded-list.ts";
import type { ListRule } from "./lists/list-rule.ts";
import { learnListRule } from "./lists/learn-list-rule.ts";
import { locateRecords } from "./lists/locate-records.ts";
import type { Ranked } from "./lists/rank-lists.ts";
import { learnPaging } from "./endpoint/learn-paging.ts";
import type { Page } from "./page/page.ts";
import type { DataPaging } from "./pagination/data-paging-rule.ts";

/** What was learnt of one list of a page: where it is and what its records hold. */
export interface LearnedList {
  readonly list: ListRule;
  readonly fields: FieldRule[];
  readonly count: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** Where the page is data: how the next part is asked for. */
  readonly paging?: DataPaging;
}

/** Learns a list from what the page shows. */
export function learnShownList(page: Page, ranked: readonly Ranked[], at: number): LearnedList | null {
  const chosen = ranked[at];
  if (!chosen) return null;
  const list = learnListRule(page, chosen.candidate);
  const { units } = locateRecords(list, page);
  if (units.length === 0) return null;
  return { list, fields: learnFields(page, units), count: units.length, confidence: confidenceOf(ranked, at) };
}

/** Learns the list from data that the page carries beside its text, where that tells more than the page shows. */
export function learnEmbeddedList(page: Page, shown: LearnedList | null): LearnedList | null {
  const array = findEmbeddedList(page, { records: shown?.count ?? 0, fields: shown?.fields.length ?? 0 });
  if (!array) return null;
  const list: ListRule = {
    containers: [],
    several: false,
    record: { unit: "element", shape: [], tags: ["script"], least: 0 },
    embedded: embeddedRule(array),
  };
  const paging = page.isData ? pagingOf(page, array) : undefined;
  return {
    list,
    fields: embeddedFields(page, array),
    count: array.items.length,
    confidence: Math.max(0.5, array.score),
    ...(paging ? { paging } : {}),
  };
}

/** How an address that a person gave leads on. */
function pagingOf(page: Page, array: RecordArray): DataPaging | undefined {
  if (page.url === null) return undefined;
  const answer = { page, request: { url: page.url }, leadsOn: false };
  return learnPaging(answer, array, { answers: [answer] })[0]?.paging;
}

/** Sure when many records are far ahead of every list that is not a part or the whole of this one. */
function confidenceOf(ranked: readonly Ranked[], at: number): number {
  const chosen = ranked[at];
  if (!chosen) return 0;
  const rival = ranked.find((other) => other !== chosen && !overlaps(chosen, other));
  const margin = rival ? Math.max(0, 1 - rival.score / chosen.score) : 1;
  const many = Math.min(1, (chosen.candidate.units.length - 1) / 6);
  return Math.round((0.2 + 0.4 * margin + 0.4 * many) * 100) / 100;
}

function overlaps(a: Ranked, b: Ranked): boolean {
  const [first, last] = [a.candidate.units[0]?.span, a.candidate.units.at(-1)?.span];
  const [otherFirst, otherLast] = [b.candidate.units[0]?.span, b.candidate.units.at(-1)?.span];
  if (!first || !last || !otherFirst || !otherLast) return false;
  return first[0] < otherLast[1] && otherFirst[0] < last[1];
}
