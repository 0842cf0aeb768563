import type { Drift } from "../../records/extracted-record.ts";
import { holdsWhole, type PageWords } from "../page-words.ts";
import type { RecordPair } from "../pair-records.ts";
import { isLink, isSameValue, tells } from "../telling-values.ts";
import { fieldNames, fieldSign, type Compared } from "./compared.ts";

const LEAST_ASTRAY = 3;
/** Of the records of which it can be told. */
const MOST_ASTRAY = 0.5;
/** Shorter values stand anywhere by chance. */
const LEAST_LENGTH = 4;

/** Fields that no longer hold what they held in known records, although it still stands there. */
export function valuesMoved({ pairs, shown }: Compared): Drift[] {
  return fieldNames(pairs.map(({ known }) => known)).flatMap((name): Drift[] => {
    const all = pairs.flatMap((pair) => judge(pair, name, shown));
    const twice = all.filter(({ isTwice }) => isTwice);
    // Where records stand on the page twice, only those can tell whether their values do so as well.
    const told = twice.length >= LEAST_ASTRAY ? twice : all;
    const astray = told.filter(({ isAstray }) => isAstray).length;
    if (astray < LEAST_ASTRAY || astray <= told.length * MOST_ASTRAY) return [];
    return [
      fieldSign(
        "values_moved",
        name,
        `"${name}" no longer holds what it held in ${astray} of ${told.length} known records, though it still stands on the page.`,
      ),
    ];
  });
}

interface Judged {
  /** The value stands elsewhere in the record; or the record stands on the page once more, and the value there. */
  readonly isAstray: boolean;
  readonly isTwice: boolean;
}

function judge({ known, now }: RecordPair, name: string, shown: PageWords): Judged[] {
  const [before, after] = [known.fields[name], now.fields[name]];
  if (!before) return [];
  const isTwice = Object.values(known.fields).some(
    (value) => tells(value) && !isLink(value) && shown.countOf(value.raw) > 1,
  );
  if (after && isSameValue(before, after)) return [{ isAstray: false, isTwice }];
  if (isLink(before)) return [{ isAstray: now.links.includes(before.value), isTwice: false }];
  if (before.raw.length < LEAST_LENGTH) return [{ isAstray: false, isTwice }];
  // A text that only became longer ("… (amended)") is where it was.
  if (after && after.raw.length > before.raw.length && holdsWhole(after.raw, before.raw))
    return [{ isAstray: false, isTwice }];
  return [{ isAstray: holdsWhole(now.text, before.raw) || (isTwice && shown.has(before)), isTwice }];
}
