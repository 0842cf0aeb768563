import { decodePage, MARKED_DATA_PATH, markedHtml, type Page } from "#engines/extraction";
import type { Evidence } from "../records/harvested-record.ts";

/** What a browser shows of stored bytes, and the node around which a value is boxed. */
export function shownStored(
  { page, bytes }: { page: Page; bytes: Uint8Array },
  { path, range }: { path: string; range: Evidence["range"] },
): { html: string; box: string } {
  // Data is no markup: a browser would take what stands in its texts for a page.
  const data = page.isData ? markedHtml(page, path, range ?? null) : null;
  if (data !== null) return { html: data, box: range ? MARKED_DATA_PATH : "/html[1]/body[1]/pre[1]" };
  return { html: decodePage({ bytes, encoding: page.charset }).text, box: path };
}
