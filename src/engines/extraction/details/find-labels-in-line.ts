import { isTag, isText, type AnyNode, type Element } from "domhandler";
import type { Span } from "../outline/page-outline.ts";
import { quoteSpan, type ContentIndex } from "./content-index.ts";
import { addPair, isShortLabel, trimmed } from "./find-labels.ts";
import type { Findings } from "./finding.ts";

const MAX_VALUE = 150;
const MAX_CHILDREN = 120;
const WORDS = new Set(["b", "strong", "em", "i", "u", "span", "label", "small", "a", "time", "font"]);
const ENDS_LABEL = /[:：]$/u;
const LEADING = /^[\s|•·‧,;/–—-]+/u;
const TRAILING = /[\s|•·‧,;/–—-]+$/u;

/** Several labels in one line: `<b>Filed:</b> May 2 <b>Judge:</b> A. Stone`, or `Filed: <em>May 2</em> Judge: <em>A. Stone</em>`. */
export function findLabelsInLine(index: ContentIndex, findings: Findings): void {
  for (const node of index.elements) {
    if (node.children.length < 4 || node.children.length > MAX_CHILDREN) continue;
    const labels = node.children.flatMap((child) => labelOf(index, child));
    if (labels.length < 2) continue;
    const end = index.outline.spanOf(node)?.[1] ?? 0;
    for (const [at, label] of labels.entries())
      value(index, label, { node, until: labels[at + 1]?.[0] ?? end, findings });
  }
}

/** Where a label stands that ends in a colon: in an element of its own, or as the words before one. */
function labelOf(index: ContentIndex, child: AnyNode): Span[] {
  const isLabelled = isTag(child) ? WORDS.has(child.name) : isText(child) && isBeforeWords(child);
  const span = isLabelled ? index.outline.spanOf(child) : null;
  if (!span) return [];
  const text = index.outline.text.slice(span[0], span[1]);
  const start = span[0] + (LEADING.exec(text)?.[0].length ?? 0);
  const label = index.outline.text.slice(start, span[1]);
  return ENDS_LABEL.test(label) && isShortLabel(label) ? [[start, span[1]]] : [];
}

function isBeforeWords({ next }: AnyNode): boolean {
  return next !== null && isTag(next) && WORDS.has(next.name);
}

function value(
  index: ContentIndex,
  label: Span,
  { node, until, findings }: { node: Element; until: number; findings: Findings },
): void {
  const [line] = index.outline.linesIn([label[1], Math.min(until, label[1] + MAX_VALUE + 10)]);
  if (!line || line[1] - line[0] > MAX_VALUE) return;
  const [from, to] = trimmed(index, line);
  const text = index.outline.text.slice(from, to).replace(TRAILING, "");
  if (text === "" || index.outline.linesIn([label[0], to]).length !== 1) return;
  addPair(findings, index.outline.text.slice(label[0], label[1]), [quoteSpan(index, node, [from, from + text.length])]);
}
