import type { Learned, Page, PageStep, Pagination } from "#engines/extraction";
import { looksCut } from "../judge-completeness.ts";
import { hasScript } from "../sources/page-elements.ts";

const SURE = 0.5;
const FEW_RECORDS = 4;

/** Why the static page alone cannot be trusted to hold the list; null when it can, and no browser is asked. */
export function doubtOf(page: Page, { recipe, confidence, extraction, pagination }: Learned): string | null {
  if (!hasScript(page)) return null;
  const records = extraction?.records.length ?? 0;
  if (!recipe || records === 0) return "the static page holds no list";
  if (confidence < SURE) return "the list of the static page is unsure";
  if (records < FEW_RECORDS) return "the static page holds few records";
  const more = wayOnOf(pagination);
  if (more && (more.kind === "click" || more.kind === "scroll")) return "more records come by script";
  if (pagination.kind === "none" && looksCut(records)) return "the list has no pager but may go on by script";
  return null;
}

/** Whether the rendered page holds clearly more than the static one, or leads on where the static one does not. */
export function renderedIsBetter(still: Learned, rendered: Learned): boolean {
  const [before, after] = [weight(still), weight(rendered)];
  if (after === 0) return false;
  if (before === 0 || after >= before * 1.5) return true;
  const [leadsOn, stillLeadsOn] = [pressableOf(rendered.pagination), wayOnOf(still.pagination)];
  if (after < before * 0.9) return false;
  return leadsOn !== null && (stillLeadsOn === null || stillLeadsOn.kind === "click" || stillLeadsOn.kind === "scroll");
}

function wayOnOf({ next, more, pages }: Pagination): PageStep | null {
  return next ?? more ?? pages[0] ?? null;
}

/** A browser can press what may lead on, and sees whether it does. */
function pressableOf(pagination: Pagination): PageStep | null {
  return wayOnOf(pagination) ?? (pagination.unsure?.kind === "click" ? pagination.unsure : null);
}

function weight({ recipe, extraction, confidence }: Learned): number {
  return recipe && extraction ? extraction.records.length * (0.5 + confidence) : 0;
}
