import { parsePage } from "./page/parse-page.ts";
import type { Page } from "./page/page.ts";

/** A page from its markup, at an address that is nobody's. */
export function pageOf(html: string, url = "https://portal.example/list"): Page {
  return parsePage({ bytes: new TextEncoder().encode(html), url });
}
