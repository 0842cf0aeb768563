import type { Page } from "../page/page.ts";
import type { DeclaredTotal } from "../pagination/pagination.ts";
import type { Located, RecordArray } from "./embedded-data.ts";
import { leafText, quoteLeaf } from "./quote-leaf.ts";
import { locate } from "./record-arrays.ts";

/** Names under which data tells how long its list is, beside the part of it that the page got. */
const TOTAL =
  /^(?:total|num(?:ber)?of(?:items|results|records)|numfound|found|hits|n?hits|records(?:total|filtered)|total_?(?:count|items|results|records|hits|elements|rows|entries|found)|(?:result|item|record)s?_?(?:count|total)|count)$/i;
/** How far out of the array its total may stand. */
const MOST_CLIMBED = 2;

/** What embedded data says about the size of the list that it holds a part of. Null where it says nothing. */
export function totalInData(page: Page, { source, keys, items }: RecordArray): DeclaredTotal | null {
  for (let depth = keys.length - 1; depth >= 0 && depth >= keys.length - 1 - MOST_CLIMBED; depth -= 1) {
    const around = locate(source.value, keys.slice(0, depth));
    if (around?.kind !== "object") continue;
    for (const [key, value] of around.entries) {
      const total = TOTAL.test(key) ? wholeNumber(value) : null;
      // "count" beside a page of records may count that page.
      if (total === null || total.number < items.length || (key === "count" && total.number === items.length)) continue;
      const { raw, path } = quoteLeaf(page, total.leaf);
      return { total: total.number, quote: raw, path };
    }
  }
  return null;
}

type Counted = Extract<Located, { kind: "number" | "string" }>;

function wholeNumber(value: Located): { number: number; leaf: Counted } | null {
  if (value.kind !== "number" && value.kind !== "string") return null;
  const text = leafText(value);
  return /^\d{1,9}$/.test(text) ? { number: Number(text), leaf: value } : null;
}
