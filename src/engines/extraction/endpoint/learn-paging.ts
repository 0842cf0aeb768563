import type { Located, RecordArray } from "../embedded/embedded-data.ts";
import { leafText } from "../embedded/quote-leaf.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { DataPaging } from "../pagination/data-paging-rule.ts";
import type { DataRequest } from "./data-request.ts";
import { requestValues, withValue, type RequestValue } from "./request-values.ts";

const PAGE_NAME = /^(?:page|p|pg|paged|page_?(?:no|num(?:ber)?|index)|current_?page)$/i;
const OFFSET_NAME = /^(?:offset|start(?:_?(?:at|row|index))?|from|skip|first(?:_?(?:row|result))?)$/i;
const CURSOR_NAME = /^(?:after|cursor|(?:page|next|start|continuation)_?(?:token|cursor)|scroll_?id|search_?after)$/i;
const CURSOR_KEY = /^(?:(?:next|end|continuation)_?)?(?:page_?)?(?:cursor|token)$|^scroll_?id$/i;
const NEXT_KEY = /next/i;
const MORE_KEY = /^(?:has_?)?(?:more|next)(?:_?(?:pages?|results|items|records))?$/i;
const END_KEY = /^(?:is_?)?(?:last|final|end|done|finished|exhausted|complete)(?:_?page)?$/i;
/** What differs from request to request and says nothing: counters and clocks that keep caches away. */
const NOISE = /^(?:_|draw|secho|ts|t|timestamp|rand(?:om)?|cb|nocache|cache_?buster|request_?id)$/i;
const MOST_LEAVES = 5_000;

/** How an answer was asked for, and what it is. */
export interface DataAnswer {
  readonly page: Page;
  readonly request: DataRequest;
  /** Its `Link` header names a next part. */
  readonly leadsOn: boolean;
}

/** One way to ask for the next part, and the request for the first. */
export interface LearntPaging {
  readonly paging: DataPaging;
  readonly first: DataRequest;
}

/**
 * How an answer leads to the next part, likeliest first: it names an address or a cursor, or its own request counts. What a later
 * answer was asked with tells most surely; names of parameters tell where there is none. With `isLater` the answer is the
 * second part itself.
 */
export function learnPaging(
  answer: DataAnswer,
  array: RecordArray,
  { answers, isLater = false }: { answers: readonly DataAnswer[]; isLater?: boolean },
): LearntPaging[] {
  const leaves = leavesOf(array.source.value);
  const size = array.items.length;
  const later = isLater ? [] : answers.slice(answers.indexOf(answer) + 1);
  const found = [
    ...(isLater ? [] : byAddress(answer, leaves)),
    ...later.flatMap(({ request }) => fromLater(answer.request, request, { leaves, size })),
    ...byName(answer.request, { leaves, size, isLater }),
  ];
  const more = moreSign(leaves);
  return found.map(({ paging, first }) => ({ paging: more ? { ...paging, more } : paging, first }));
}

interface Leaf {
  readonly keys: readonly string[];
  readonly kind: "string" | "number" | "boolean" | "null";
  readonly text: string;
}

interface Seen {
  readonly leaves: readonly Leaf[];
  readonly size: number;
}

function byAddress({ page, request }: DataAnswer, leaves: readonly Leaf[]): LearntPaging[] {
  const here = URL.parse(page.url ?? "");
  const named =
    here && leaves.find(({ keys, text }) => NEXT_KEY.test(keys.join(".")) && isNextAddress(text, page, here));
  return named ? [{ paging: { by: "address", keys: [...named.keys] }, first: request }] : [];
}

/** One value differs: it is a cursor that the first answer gave, or a number that grows. */
function fromLater(first: DataRequest, later: DataRequest, { leaves, size }: Seen): LearntPaging[] {
  const differing = differences(first, later);
  const [value] = differing;
  if (!value || differing.length > 1 || value.after === null) return [];
  const { before, after } = value;
  if (/^\d{1,9}$/.test(after) && (before === null || /^\d{1,9}$/.test(before))) {
    const to = Number(after);
    const from = before === null ? (to === size ? 0 : to - 1) : Number(before);
    const counted = { by: "number" as const, ...placeOf(value), first: from, step: to - from, size };
    if (to > from && from >= 0) return [{ paging: counted, first }];
  }
  const cursor = leaves.find(({ kind, text }) => text === after && (kind === "string" || kind === "number"));
  return cursor ? [{ paging: { by: "cursor", keys: [...cursor.keys], ...placeOf(value) }, first }] : [];
}

interface Difference extends Pick<RequestValue, "in" | "name"> {
  readonly before: string | null;
  readonly after: string | null;
}

/** What two requests to one address differ in; nothing where they are two different questions. */
function differences(one: DataRequest, other: DataRequest): Difference[] {
  const [here, there] = [URL.parse(one.url), URL.parse(other.url)];
  if (here?.origin !== there?.origin || here?.pathname !== there?.pathname || one.method !== other.method) return [];
  const [before, after] = [valuesOf(one), valuesOf(other)];
  return [...new Map([...before, ...after])].flatMap(([key, value]): Difference[] => {
    const [was, is] = [before.get(key)?.value ?? null, after.get(key)?.value ?? null];
    return was === is || NOISE.test(lastOf(value.name))
      ? []
      : [{ in: value.in, name: value.name, before: was, after: is }];
  });
}

function valuesOf(request: DataRequest): Map<string, RequestValue> {
  return new Map(requestValues(request).map((one) => [`${one.in} ${one.name}`, one]));
}

function byName(request: DataRequest, seen: Seen & { readonly isLater: boolean }): LearntPaging[] {
  return requestValues(request).flatMap((value): LearntPaging[] => {
    const name = lastOf(value.name);
    if (CURSOR_NAME.test(name)) return byCursorName(request, value, seen);
    const counted = /^\d{1,9}$/.test(value.value ?? "") ? countedBy(name, Number(value.value), seen) : null;
    const first = counted && withValue(request, value.in, value.name, String(counted.first));
    return first ? [{ paging: { by: "number", ...placeOf(value), ...counted, size: seen.size }, first }] : [];
  });
}

/** The place of a cursor is empty in the first request, and has the first answer's in the second. */
function byCursorName(
  request: DataRequest,
  { in: where, name, value }: RequestValue,
  { leaves, isLater }: Seen & { readonly isLater: boolean },
): LearntPaging[] {
  const isEmpty = value === null || value === "";
  const first = isLater && !isEmpty ? withValue(request, where, name, null) : isEmpty ? request : null;
  if (!first) return [];
  return leaves
    .filter(({ kind, keys, text }) => kind === "string" && text !== "" && CURSOR_KEY.test(keys.at(-1) ?? ""))
    .map(({ keys }) => ({ paging: { by: "cursor", keys: [...keys], ...placeOf({ in: where, name }) }, first }));
}

/** The address is where a parameter stands unless a recipe says otherwise. */
function placeOf({ in: where, name }: Pick<RequestValue, "in" | "name">): { parameter: string; in?: "body" } {
  return where === "body" ? { parameter: name, in: where } : { parameter: name };
}

/** The second part is one step behind the first. */
function countedBy(
  name: string,
  now: number,
  { size, isLater }: { size: number; isLater: boolean },
): { first: number; step: number } | null {
  const step = PAGE_NAME.test(name) ? 1 : OFFSET_NAME.test(name) ? size : null;
  if (step === null) return null;
  const first = isLater ? now - step : now;
  return first === 0 || (first === 1 && step === 1) ? { first, step } : null;
}

/** The same address with another query: addresses of records lie elsewhere. */
function isNextAddress(text: string, page: Page, here: URL): boolean {
  if (!/^(?:https?:\/\/|\/|\?)/.test(text)) return false;
  const next = URL.parse(resolveUrl(text, page.baseUrl) ?? "");
  return next !== null && next.host === here.host && next.pathname === here.pathname && next.search !== here.search;
}

/** On a part that is followed by others: what a flag says there, it says as long as there is more. */
function moreSign(leaves: readonly Leaf[]): DataPaging["more"] {
  for (const { kind, keys, text } of leaves) {
    const key = keys.at(-1) ?? "";
    const is = MORE_KEY.test(key) ? true : END_KEY.test(key) ? false : null;
    if (kind === "boolean" && is !== null && text === String(is)) return { keys: [...keys], is };
  }
  return undefined;
}

/** Scalars of the data outside its lists. */
function leavesOf(value: Located): Leaf[] {
  const leaves: Leaf[] = [];
  const pending: { value: Located; keys: readonly string[] }[] = [{ value, keys: [] }];
  for (let next = pending.pop(); next && leaves.length < MOST_LEAVES; next = pending.pop()) {
    if (next.value.kind === "array" || next.keys.length > 20) continue;
    if (next.value.kind !== "object")
      leaves.push({ keys: next.keys, kind: next.value.kind, text: leafText(next.value) });
    else for (const [key, item] of next.value.entries) pending.push({ value: item, keys: [...next.keys, key] });
  }
  return leaves;
}

const lastOf = (name: string): string => name.split(".").at(-1) ?? name;
