import type { DeclaredLimit, OnwardStep, PageAddresses } from "#engines/extraction";
import type { StopReason } from "../completeness.ts";
import type { WalkStep } from "./walk-step.ts";

/** Where a walk through a listing stands. Plain JSON: it is the checkpoint. */
export interface WalkState {
  /** Pages that brought records; the first one in any case. */
  readonly pages: number;
  readonly found: number;
  readonly duplicates: number;
  readonly totalDeclared: number | null;
  readonly pagesDeclared: number | null;
  /** Number of the page that was seen last. */
  readonly current: number;
  readonly numbersSeen: readonly number[];
  /** Numbered pages that a pager offered and that were not asked for yet, by number. */
  readonly ahead: readonly OnwardStep[];
  readonly addresses: PageAddresses | null;
  /** What was asked for and did not come. */
  readonly gaps: readonly string[];
  readonly failuresInARow: number;
  /** Whether the page seen last still showed a pager, which had nothing further to offer. */
  readonly pagerEnded: boolean;
  /** What was pressed for more brought nothing: the end, or a failure that nobody sees. */
  readonly brokeOff: boolean;
  /** Whether any page offered a way on. */
  readonly hadPager: boolean;
  /** Records of the page that was seen last, known ones included. */
  readonly lastPageRecords: number;
  /** Pages whose markup ends in the middle, by number. */
  readonly cut: readonly number[];
  /** The page seen last asked for data and got none. */
  readonly unanswered: boolean;
  /** Scrolling on brought a page that holds nothing of the one before: what lies between was never shown. */
  readonly leapt: boolean;
  /** What the site offers of the list where its pager does not lead, in words. */
  readonly elsewhere: string | null;
  /** What a page says of a limit of its list: "1000+ results", "only the first 500 are shown". */
  readonly limit: DeclaredLimit | null;
  /** The highest total that a page declared: one that falls says that the list changed under way. */
  readonly highestTotal: number | null;
  /** Records of the first page: a list cut at a round number without a pager proves nothing. */
  readonly firstPageRecords: number;
}

export type PagerSign = "leads-on" | "ended" | "absent";

/** What a walk needs to know of a page. */
export interface PageSeen {
  readonly step: WalkStep;
  readonly records: number;
  /** Of these, how many no earlier page had. */
  readonly fresh: number;
  readonly steps: readonly OnwardStep[];
  readonly total: number | null;
  readonly pagesDeclared: number | null;
  readonly pageDeclared: number | null;
  /** What the pager of the page looks like. */
  readonly pager: PagerSign;
  /** Shown in a browser: a page without a pager may still grow when it is scrolled. */
  readonly scrolls: boolean;
  /** More records came when it was scrolled, before it was read. */
  readonly grew: boolean;
  /** Its markup ends in the middle. */
  readonly isCut: boolean;
  /** Without records it is the end: data in parts ends with an empty one. */
  readonly emptyIsEnd: boolean;
  /** Requests for data that had no good answer. */
  readonly unanswered: number;
  readonly elsewhere: string | null;
  readonly limit: DeclaredLimit | null;
}

export interface Decision {
  readonly state: WalkState;
  readonly next: WalkStep | null;
  readonly stop: StopReason | null;
}

export function newWalk(addresses: PageAddresses | null): WalkState {
  return {
    pages: 0,
    found: 0,
    duplicates: 0,
    totalDeclared: null,
    pagesDeclared: null,
    current: 0,
    numbersSeen: [],
    ahead: [],
    addresses,
    gaps: [],
    failuresInARow: 0,
    pagerEnded: false,
    brokeOff: false,
    hadPager: false,
    lastPageRecords: 0,
    firstPageRecords: 0,
    cut: [],
    unanswered: false,
    leapt: false,
    elsewhere: null,
    limit: null,
    highestTotal: null,
  };
}
