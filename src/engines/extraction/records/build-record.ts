import type { RecordUnit } from "../lists/candidate.ts";
import { outlineOf, type PageOutline } from "../outline/page-outline.ts";
import { linksIn, signalsOf, type PageLink } from "../outline/page-signals.ts";
import type { Page } from "../page/page.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { ExtractedRecord } from "./extracted-record.ts";
import { contentKey } from "./content-key.ts";
import type { NodePaths } from "../outline/node-paths.ts";
import { isTag, type AnyNode, type Element } from "domhandler";

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
  const links = [...new Set(linksOf(page, unit).map(({ href }) => href))];
  return {
    text,
    links,
    fields,
    path: pathOf(unit, paths),
    key: contentKey(text, links),
  };
}

/** Where a record begins: its first element, or what it stands in. */
export function pathOf({ nodes, container }: RecordUnit, paths: NodePaths): string {
  return paths.of(nodes.find(isTag) ?? container);
}

/**
 * Links by where their text stands. One that holds a picture only has no text: at the edge of a record its place alone does
 * not tell whose it is.
 */
function linksOf(page: Page, { nodes, span }: RecordUnit): PageLink[] {
  const start = nodes.reduce((least, { startIndex }) => Math.min(least, startIndex ?? least), span[0]);
  const end = nodes.reduce((most, { endIndex }) => Math.max(most, endIndex ?? most), span[1]);
  return linksIn(signalsOf(page), [start, end]).filter(({ node, span: [from, to] }) => {
    const isAtEdge = from === to && (from <= span[0] || to >= span[1]);
    return !isAtEdge || isInside(node, nodes);
  });
}

function isInside(node: Element, nodes: RecordUnit["nodes"]): boolean {
  for (let around: AnyNode | null = node; around; around = around.parent) if (nodes.includes(around)) return true;
  return false;
}
