import { createHash } from "node:crypto";
import type { FillStep, FormStep, OnwardStep, RequestStep } from "#engines/extraction";
import type { HarvestStep } from "../progress.ts";

/** How the walk came to a page, or is about to: the entry, a step that a page offered, or one of the way in. */
export type WalkStep = { readonly kind: "open"; readonly url: string } | OnwardStep | FillStep;

/**
 * What makes two requests the same, as text. View state and tokens differ each time a page is shown, so only what a
 * person could choose counts. Steps that only a browser takes have no key: the page they stand on has to answer.
 */
export function stepKey(step: WalkStep): string | null {
  const address = plainAddress(step);
  if (address !== null) return `GET ${withoutHash(address)}`;
  if (step.kind === "request") return postKey(step);
  return step.kind === "form" ? formKey(step) : null;
}

/** What is asked for by its address alone; null for all else. */
export function plainAddress(step: WalkStep): string | null {
  if (step.kind === "open" || step.kind === "link") return step.url;
  return step.kind === "request" && step.method === "GET" ? step.url : null;
}

/** The step as people are told of it: what a script asks for is a link to them. */
export function actionOf({ kind }: WalkStep): HarvestStep["action"] {
  return kind === "request" ? "link" : kind;
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

/** What is posted may be long: its digest tells it from others. */
function postKey({ url, body }: RequestStep): string {
  return `POST ${withoutHash(url)} ${createHash("sha256")
    .update(body?.text ?? "")
    .digest("hex")}`;
}

function chosen(fields: FormStep["fields"]): string {
  const shown = fields.filter(([name, value]) => !name.startsWith("__VIEWSTATE") && value.length <= 100);
  return JSON.stringify(shown);
}

function withoutHash(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}
