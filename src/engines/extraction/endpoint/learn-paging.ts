import type { Located, RecordArray } from "../embedded/embedded-data.ts";
import { leafText } from "../embedded/quote-leaf.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { DataPaging } from "../pagination/data-paging-rule.ts";

const PAGE_NAME = /^(?:page|p|pg|paged|page_?(?:no|num(?:ber)?|index)|current_?page)$/i;
const OFFSET_NAME = /^(?:offset|start(?:_?(?:at|row|index))?|from|skip|first)$/i;
const NEXT_KEY = /next/i;
const MOST_LEAVES = 5_000;

/**
 * How an answer leads to the next part: it names an address or a cursor, or its own address counts. What a later answer was
 * asked with tells most surely; names of parameters tell where there is none.
 */
export function learnPaging(first: Page, array: RecordArray, answers: readonly Page[]): DataPaging | null {
  const here = first.url === null ? null : URL.parse(first.url);
  if (!here) return null;
  const leaves = leavesOf(array.source.value);
  const named = leaves.find(({ keys, text }) => NEXT_KEY.test(keys.join(".")) && isNextAddress(text, first, here));
  if (named) return { by: "address", keys: [...named.keys] };
  const size = array.items.length;
  for (const later of answers.slice(answers.indexOf(first) + 1)) {
    const learnt = fromLater(here, later, { leaves, size });
    if (learnt) return learnt;
  }
  return byName(here, size);
}

interface Leaf {
  readonly keys: readonly string[];
  readonly text: string;
}

/** One parameter differs: it carries a cursor that the first answer gave, or a number that grows. */
function fromLater(
  here: URL,
  { url }: Page,
  { leaves, size }: { leaves: readonly Leaf[]; size: number },
): DataPaging | null {
  const there = url === null ? null : URL.parse(url);
  if (!there || there.origin !== here.origin || there.pathname !== here.pathname) return null;
  const names = new Set([...here.searchParams.keys(), ...there.searchParams.keys()]);
  const differing = [...names].filter((name) => here.searchParams.get(name) !== there.searchParams.get(name));
  const [parameter] = differing;
  if (parameter === undefined || differing.length > 1) return null;
  const [before, after] = [here.searchParams.get(parameter), there.searchParams.get(parameter)];
  if (after === null) return null;
  if (/^\d{1,9}$/.test(after) && (before === null || /^\d{1,9}$/.test(before))) {
    const to = Number(after);
    const first = before === null ? (to === size ? 0 : to - 1) : Number(before);
    return to > first && first >= 0 ? { by: "number", parameter, first, step: to - first, size } : null;
  }
  const cursor = leaves.find(({ text }) => text === after);
  return cursor ? { by: "cursor", keys: [...cursor.keys], parameter } : null;
}

function byName(here: URL, size: number): DataPaging | null {
  for (const [parameter, value] of here.searchParams) {
    if (!/^\d{1,9}$/.test(value)) continue;
    const first = Number(value);
    if (PAGE_NAME.test(parameter) && first <= 1) return { by: "number", parameter, first, step: 1, size };
    if (OFFSET_NAME.test(parameter) && first === 0) return { by: "number", parameter, first, step: size, size };
  }
  return null;
}

/** The same endpoint with another query: addresses of records lie elsewhere. */
function isNextAddress(text: string, page: Page, here: URL): boolean {
  if (!/^(?:https?:\/\/|\/|\?)/.test(text)) return false;
  const next = URL.parse(resolveUrl(text, page.baseUrl) ?? "");
  return next !== null && next.host === here.host && next.pathname === here.pathname && next.search !== here.search;
}

/** Texts and numbers of the data outside its lists. */
function leavesOf(value: Located): Leaf[] {
  const leaves: Leaf[] = [];
  const pending: { value: Located; keys: readonly string[] }[] = [{ value, keys: [] }];
  for (let next = pending.pop(); next && leaves.length < MOST_LEAVES; next = pending.pop()) {
    if (next.value.kind === "array" || next.keys.length > 20) continue;
    if (next.value.kind !== "object") leaves.push({ keys: next.keys, text: leafText(next.value) });
    else for (const [key, item] of next.value.entries) pending.push({ value: item, keys: [...next.keys, key] });
  }
  return leaves;
}
