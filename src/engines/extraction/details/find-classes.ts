import { isTag, type Element } from "domhandler";
import { quoteElement, type ContentIndex } from "./content-index.ts";
import { addFinding, labelKey, type Findings } from "./finding.ts";
import { innermost } from "./find-sections.ts";

const MAX_SAME = 200;
const MAX_SINGLE = 600;
const MAX_ITEM = 2_500;
const MIN_FILLED = 0.6;
/** Names of looks, not of contents. */
const LOOKS =
  /^(?:(?:sm|md|lg|xl|xs|hover|focus|dark|first|last|print)[:-]|-?(?:col|row|flex|grid|container|wrapper|wrap|inner|outer|text|font|bg|border|rounded|shadow|align|justify|items|self|gap|space|leading|tracking|absolute|relative|block|inline|hidden|visible|active|open|clearfix|clear|pull|float|d|w|h|p|px|py|pt|pb|pl|pr|m|mx|my|mt|mb|ml|mr|max|min|z|order|is|has|js|wp|elementor|vc|et|fa|icon|btn|button|link|size|even|odd|alt|left|right|center|no|post-\d+|id-\d+|page-id)(?:[-_\d]|$))/i;
const CLEAN = /^[a-z_][\w-]{3,60}$/i;

/** Fields that only class names and ids tell: the last resort. */
export function findClasses(index: ContentIndex, findings: Findings): void {
  for (const [name, nodes] of index.byClass) {
    if (!CLEAN.test(name) || LOOKS.test(name)) continue;
    group(index, `.${name}`, name, nodes, findings);
  }
  for (const [id, node] of index.byId) {
    if (CLEAN.test(id) && !/\d{3}/.test(id)) group(index, `#${id}`, id, [node], findings);
  }
}

function group(
  index: ContentIndex,
  selector: string,
  name: string,
  nodes: readonly Element[],
  findings: Findings,
): void {
  const first = nodes[0];
  if (!first || nodes.length > MAX_SAME) return;
  if (nodes.length > 1) {
    const outer = apart(nodes);
    const filled = outer.filter((node) => index.outline.textOf(node) !== "");
    if (
      filled.length > 1 &&
      filled.every((node) => index.outline.textOf(node).length <= MAX_ITEM) &&
      areSimple(index, filled)
    ) {
      add(index, findings, selector, name, filled, true);
    }
    const items = outer.flatMap((node) => itemsIn(node, "li"));
    if (items.length > 1 && fills(index, items, outer)) add(index, findings, `${selector} li`, name, items, true);
    return;
  }
  const text = index.outline.textOf(first);
  if (text !== "" && text.length <= MAX_SINGLE && areSimple(index, [first]))
    add(index, findings, selector, name, [first], false);
  for (const item of ["li", "p", "tr"]) {
    const items = itemsIn(first, item).filter((node) => index.outline.textOf(node) !== "");
    if (items.length > 1 && items.length <= MAX_SAME && fills(index, items, [first]))
      add(index, findings, `${selector} ${item}`, name, items, true);
  }
}

function add(
  index: ContentIndex,
  findings: Findings,
  selector: string,
  name: string,
  nodes: readonly Element[],
  list: boolean,
): void {
  const quotes = nodes.map((node) => quoteElement(index, node));
  if (quotes.every(({ text }) => isName(text, findings))) return;
  addFinding(findings, { rule: { by: "selector", selector, list }, name: wordsOf(name), quotes, list });
}

/** Whether elements hold a line or two each; what holds more is made of several fields. */
function areSimple(index: ContentIndex, nodes: readonly Element[]): boolean {
  const lines = nodes.reduce(
    (sum, node) => sum + index.outline.linesIn(index.outline.spanOf(node) ?? [0, 0]).length,
    0,
  );
  return lines <= 2 * nodes.length;
}

/** Whether items are what their holders are about: they make up most of the text. */
function fills(index: ContentIndex, items: readonly Element[], holders: readonly Element[]): boolean {
  return lengthOf(index, items) >= MIN_FILLED * lengthOf(index, holders);
}

function lengthOf(index: ContentIndex, nodes: readonly Element[]): number {
  return nodes.reduce((sum, node) => sum + index.outline.textOf(node).length, 0);
}

/** A text that labels or heads something else is no value. */
function isName(text: string, findings: Findings): boolean {
  const key = labelKey(text);
  return findings.has(`label ${key}`) || findings.has(`heading ${key} true`);
}

function itemsIn(node: Element, name: string): Element[] {
  const found: Element[] = [];
  const pending = [...node.children].reverse();
  for (let next = pending.pop(); next && found.length <= MAX_SAME; next = pending.pop()) {
    if (!isTag(next)) continue;
    if (next.name === name) found.push(next);
    for (let child = next.lastChild; child; child = child.prev) pending.push(child);
  }
  return innermost(found, name);
}

/** Elements that stand in no other of them. */
function apart(nodes: readonly Element[]): Element[] {
  const all = new Set<unknown>(nodes);
  return nodes.filter((node) => {
    for (let up = node.parent, depth = 0; up && depth < 64; up = up.parent, depth += 1) if (all.has(up)) return false;
    return true;
  });
}

/** `recipe-prep_time` and `prepTime` read as words. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[-_.]+/g, " ")
    .trim()
    .toLowerCase();
}
