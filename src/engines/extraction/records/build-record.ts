import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import { linksIn, signalsOf } from "../outline/page-signals.ts";
import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { ExtractedRecord } from "./extracted-record.ts";
import { contentKey } from "./content-key.ts";
import type { NodePaths } from "../outline/node-paths.ts";
import { isTag } from "domhandler";

/** A record as it leaves this module. */
export function buildRecord(
  page: Page,
  unit: RecordUnit,
  fields: Readonly<Record<string, ExtractedValue>>,
  paths: NodePaths,
): ExtractedRecord {
  const outline: PageOutline = outlineOf(page);
  const own = outline.text.slice(unit.span[0], unit.span[1]);
  const text = unit.heading ? `${outline.text.slice(unit.heading[0], unit.heading[1])} ${own}` : own;
  const links = [...new Set(linksOf(page, unit))];
  const first = unit.nodes.find((node) => isTag(node));
  return {
    text,
    links,
    fields,
    path: paths.of(first && isTag(first) ? first : unit.container),
    key: contentKey(text, links),
  };
}

function linksOf(page: Page, unit: RecordUnit): string[] {
  return linksIn(signalsOf(page), unit.span).map(({ href }) => href);
}
