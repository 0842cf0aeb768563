import { classifyPage, type Learned, type Page, type PageKind } from "#engines/extraction";

const NO_LIST: readonly PageKind[] = ["login", "wall", "empty", "error", "consent"];
const SURE = 0.7;
/** A page that says what it is and shows more records than this is a list all the same. */
const MOST_STRAY_RECORDS = 6;

/** Whether what was found is the page's list, and not the navigation of a page that has none. */
export function isTrusted(page: Page, { recipe, extraction, candidates }: Learned): boolean {
  const records = extraction?.records.length ?? 0;
  if (!recipe || records === 0) return false;
  if (records > MOST_STRAY_RECORDS) return true;
  if (/\/(nav|header|footer)\[\d+\]/.test(candidates[0]?.path ?? "")) return false;
  const { kind, confidence } = classifyPage(page, { list: null });
  return !(NO_LIST.includes(kind) && confidence >= SURE);
}
