import type { Page } from "../page/page.ts";
import type { EmbeddedData } from "./embedded-data.ts";

/** All data a page carries in JSON-LD, microdata, RDFa Lite, script state and meta tags, in document order per kind. */
export function readEmbedded(_page: Page): EmbeddedData[] {
  return [];
}
