import type { Page } from "../page/page.ts";
import type { PageClass, PageFacts } from "./page-kind.ts";

/** Says what kind of page this is. */
export function classifyPage(_page: Page, { listedRecords = 0 }: PageFacts = {}): PageClass {
  return listedRecords > 1
    ? { kind: "list", confidence: 0.5, reason: "It holds records." }
    : { kind: "other", confidence: 0.2, reason: "Nothing tells it." };
}
