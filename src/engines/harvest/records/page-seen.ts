import {
  declaredLimit,
  findPagination,
  isSpent,
  otherParts,
  recordTest,
  requestStep,
  type OnwardStep,
  type OtherPart,
  type Page,
  type PageStep,
} from "#engines/extraction";
import type { PageSeen } from "../walk/walk-state.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import { leadsBackInHead } from "../sources/page-elements.ts";
import { pagerSign, type ReadPage } from "./read-page.ts";

/** What the walk needs to know of a page that was read. */
export function pageSeen(
  source: Pick<PageSource, "transport">,
  { fetched, page, read }: { fetched: FetchedPage; page: Page; read: ReadPage },
  { isFirst }: { isFirst: boolean },
): PageSeen {
  const { extraction, fresh } = read;
  const { records, declared } = extraction;
  const { steps, pager } = wayOn(source, fetched, page, read);
  const isWhole = "role" in fetched.step && fetched.step.role === "all";
  const paths = records.map(({ path }) => path);
  const parts = isFirst || isWhole ? otherParts(page, paths) : [];
  const mayTell = isFirst || isWhole || pager !== "leads-on";
  const left = parts.filter((part) => counts(part, records.length, pager));
  const whole = left.find(({ step }) => step !== null)?.step;
  return {
    step: fetched.step,
    records: records.length,
    fresh: fresh.length,
    steps: whole ? [...steps, whole] : steps,
    total: declared?.total ?? fetched.counted ?? null,
    pagesDeclared: declared?.pages ?? null,
    pageDeclared: declared?.page ?? null,
    pager,
    scrolls: source.transport === "browser",
    grew: fetched.grew === true,
    isCut: page.isCut,
    emptyIsEnd: extraction.pager === "ended",
    unanswered: fetched.unanswered ?? 0,
    limit: mayTell ? declaredLimit(page, recordTest(paths)) : null,
    elsewhere: left.length === 0 ? null : left.map(inWords).join("; "),
  };
}

/**
 * A browser can press what may be a pager: if it is one, other records stand there afterwards. Over HTTP it would bring
 * another page, of which nobody knows whether it is one of the list.
 */
function pressable({ transport }: Pick<PageSource, "transport">, page: Page): PageStep | null {
  const { unsure } = findPagination(page);
  return transport === "browser" && unsure?.kind === "click" ? unsure : null;
}

/** The pager of the page; else what the server says beside the page (`Link: <…>; rel="next"`). */
function wayOn(
  source: Pick<PageSource, "transport">,
  { linked, step }: FetchedPage,
  page: Page,
  { extraction }: ReadPage,
): Pick<PageSeen, "steps" | "pager"> {
  const pager = pagerSign(page, extraction);
  const { steps } = extraction;
  if (pager !== "absent") return { steps, pager };
  if (isAtEnd(step, page)) return { steps, pager: "ended" };
  const press = pressable(source, page);
  if (press) return { steps: [press, ...steps], pager: "leads-on" };
  if (linked?.next === undefined) return { steps, pager: linked || leadsBackInHead(page) ? "ended" : "absent" };
  // What is asked as a script asks goes to no other host, whatever a header says.
  if (step.kind === "request" && URL.parse(linked.next)?.host !== URL.parse(step.url)?.host)
    return { steps, pager: "leads-on" };
  return { steps: [linkedStep(step, linked.next), ...steps], pager: "leads-on" };
}

/** An endpoint is asked for all of its parts in the same way. */
function linkedStep(step: WalkStep, url: string): OnwardStep {
  if (step.kind === "request") return requestStep({ url, headers: step.headers });
  return { kind: "link", url, role: "next", label: "" };
}

/** What was pressed to come here is switched off now. */
function isAtEnd(step: WalkStep, page: Page): boolean {
  return step.kind === "click" && isSpent(page, step.label);
}

/** A pager covers all but the letters of an alphabet; a page that is not full has no second one. */
function counts({ kind, size }: OtherPart, records: number, pager: PageSeen["pager"]): boolean {
  if (kind === "letters") return true;
  if (pager !== "absent") return false;
  return size === null || records >= size;
}

function inWords({ kind, label }: OtherPart): string {
  return kind === "size" ? `it shows ${label}` : `"${label}"`;
}
