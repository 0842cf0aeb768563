import type { FillStep, FormStep, PageStep } from "#engines/extraction";

/** How the walk came to a page, or is about to: the entry, a step that a page offered, or one of the way in. */
export type WalkStep = { readonly kind: "open"; readonly url: string } | PageStep | FillStep;

/**
 * What makes two requests the same, as text. View state and tokens differ each time a page is shown, so only what a
 * person could choose counts. Steps that only a browser takes have no key: the page they stand on has to answer.
 */
export function stepKey(step: WalkStep): string | null {
  if (step.kind === "open" || step.kind === "link") return `GET ${withoutHash(step.url)}`;
  return step.kind === "form" ? formKey(step) : null;
}

/** The page number a step leads to, where the page told it. */
export function pageNumberOf(step: WalkStep): number | null {
  return "page" in step && step.page !== undefined ? step.page : null;
}

export function labelOf(step: WalkStep): string {
  return "label" in step ? step.label : "";
}

/** A form that always says "next" is the same request on every page: it has a key only where it names its page. */
function formKey({ method, url, fields, page }: FormStep): string | null {
  if (method === "GET") return `GET ${withoutHash(url)} ${chosen(fields)}`;
  return page === undefined ? null : `POST ${withoutHash(url)} ${page} ${chosen(fields)}`;
}

function chosen(fields: FormStep["fields"]): string {
  const shown = fields.filter(([name, value]) => !name.startsWith("__VIEWSTATE") && value.length <= 100);
  return JSON.stringify(shown);
}

function withoutHash(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}
