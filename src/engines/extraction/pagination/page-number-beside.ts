import { outlineOf } from "../outline/page-outline.ts";
import { parentOf } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import type { Control } from "./control.ts";
import { saysPageOf } from "./declared-counts.ts";
import { readPagerLabel } from "./pager-words.ts";

const MAX_TEXT = 80;
/** The records that are shown: "31 - 60". */
const RANGE = /^(\d{1,6}) ?[-–] ?(\d{1,6})$/;
const SHARE = /^(\d{1,5}) ?(?:\/|of|von|de|sur|di|z|van|av|af|из) ?(\d{1,5})$/iu;

/** Whether a control stands in one box with nothing but its like and the number of the page: "« Page 3 »", "‹ 3 / 8 ›", "‹ 31 - 60 ›". */
export function standsBesidePageNumber({ node, label }: Control, page: Page): boolean {
  const outline = outlineOf(page);
  let around = parentOf(node);
  for (let climbed = 0; around && climbed < 2; climbed += 1) {
    const text = outline.textOf(around);
    if (text.length > MAX_TEXT) return false;
    if (saysPage(text.replace(label, " "))) return true;
    around = parentOf(around);
  }
  return false;
}

function saysPage(text: string): boolean {
  const bare = text
    .replace(/[^\p{L}\p{N}/ ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const [, at, pages] = SHARE.exec(bare) ?? [];
  if (at !== undefined && pages !== undefined) return Number(at) >= 1 && Number(at) <= Number(pages);
  const [, from, to] = RANGE.exec(text.trim()) ?? [];
  if (from !== undefined && to !== undefined) return Number(from) >= 1 && Number(from) <= Number(to);
  return (/^\p{L}/u.test(bare) && readPagerLabel(bare).number !== null) || saysPageOf(bare);
}
