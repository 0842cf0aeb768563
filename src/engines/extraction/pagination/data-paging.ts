import type { Located } from "../embedded/embedded-data.ts";
import { leafText } from "../embedded/quote-leaf.ts";
import { locate } from "../embedded/record-arrays.ts";
import type { DataRequest } from "../endpoint/data-request.ts";
import { requestStep } from "../endpoint/request-step.ts";
import { requestValue, withValue } from "../endpoint/request-values.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { DataPaging } from "./data-paging-rule.ts";
import type { LinkStep, RequestStep } from "./pagination.ts";

/** What an answer tells of the rest: its records, and how many there are in all. */
export interface DataPart {
  readonly data: Located | null;
  readonly count: number;
  readonly total: number | null;
}

/** The way on from an answer. `ended`: it was the last one; `leads-on` without a step: there is more that nothing leads to. */
export interface DataWay {
  readonly step: LinkStep | RequestStep | null;
  readonly pager: "leads-on" | "ended";
}

const ENDED: DataWay = { step: null, pager: "ended" };
const STUCK: DataWay = { step: null, pager: "leads-on" };

/** Where the next part is. `asked` is how the endpoint was asked; null where an address that a person gave is the endpoint. */
export function nextPart(paging: DataPaging, page: Page, part: DataPart, asked: DataRequest | null): DataWay {
  const here = requestOf(page, asked);
  const goesOn = saysMore(paging, part.data);
  if (!here || part.count === 0 || goesOn === false) return ENDED;
  const { next, number } = nextRequest(paging, page, here, { ...part, goesOn });
  if (next === "ended") return goesOn === true ? STUCK : ENDED;
  // An answer that leads to itself would be asked for for ever; one that leads to another host is not followed.
  if (next === null || isSame(next, here)) return STUCK;
  return { step: asked ? requestStep(next, number) : linkTo(next.url, number), pager: "leads-on" };
}

interface Next {
  readonly next: DataRequest | "ended" | null;
  readonly number?: number;
}

function nextRequest(
  paging: DataPaging,
  page: Page,
  here: DataRequest,
  part: DataPart & { readonly goesOn: boolean | null },
): Next {
  if (paging.by === "number") return numbered(paging, here, part);
  const said = saidAt(part.data, paging.keys);
  if (said === "") return { next: "ended" };
  if (paging.by === "cursor") return { next: withValue(here, paging.in ?? "address", paging.parameter, said) };
  const url = URL.parse(resolveUrl(said, page.baseUrl) ?? "");
  return { next: url && url.host === URL.parse(here.url)?.host ? { ...here, url: url.href } : null };
}

function numbered(
  { parameter: name, in: where = "address", first, step, size }: Extract<DataPaging, { by: "number" }>,
  here: DataRequest,
  { count, total, goesOn }: DataPart & { readonly goesOn: boolean | null },
): Next {
  const said = requestValue(here, where, name) ?? "";
  const now = /^\d{1,9}$/.test(said) ? Number(said) : first;
  const page = Math.round((now - first) / step) + 1;
  const isLast = total === null ? count < size : (page - 1) * size + count >= total;
  if (goesOn === null && isLast) return { next: "ended" };
  return { next: withValue(here, where, name, String(now + step)), number: page + 1 };
}

/** How this very answer was asked for: the address it came from, and what was sent there. */
function requestOf({ url, sent }: Page, asked: DataRequest | null): DataRequest | null {
  if (url === null) return null;
  const body = asked?.body && { as: asked.body.as, text: sent ?? asked.body.text };
  return { url, method: asked?.method, headers: asked?.headers, body };
}

function saysMore({ more: sign }: DataPaging, data: Located | null): boolean | null {
  const leaf = sign && data && locate(data, sign.keys);
  return leaf?.kind === "boolean" ? leaf.value === sign?.is : null;
}

/** A cursor is a text or a number: `false` and null say that there is none. */
function saidAt(data: Located | null, path: readonly string[]): string {
  const leaf = data && locate(data, path);
  return leaf?.kind === "string" || leaf?.kind === "number" ? leafText(leaf) : "";
}

function isSame(a: DataRequest, b: DataRequest): boolean {
  return a.url === b.url && a.body?.text === b.body?.text;
}

function linkTo(url: string, page?: number): LinkStep {
  return { kind: "link", url, role: "next", label: "", ...(page === undefined ? {} : { page }) };
}
