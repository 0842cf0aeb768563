import { isText, type Element } from "domhandler";
import { closest, parentOf } from "../page/elements.ts";
import { nodePath } from "../page/node-path.ts";
import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";
import { mayDeclare, readCounts, type Counts } from "./declared-counts.ts";
import type { DeclaredTotal } from "./pagination.ts";

/** Such statements are short; longer text that holds one is prose. */
const MAX_TEXT = 200;
const MAX_CLIMB = 3;
const MAX_NODES = 5000;

/**
 * What the page says about the size of its list. A wrong total makes a wrong verdict on a whole harvest, so statements
 * that contradict each other count as none.
 */
export function declaredTotal(page: Page): DeclaredTotal | null {
  const found: { counts: Counts; node: Element; quote: string }[] = [];
  for (const [node, text] of statements(page)) {
    const read = mayDeclare(text) ? readCounts(text) : null;
    if (read && !isAboutElse(node)) found.push({ ...read, node });
  }
  if (found.length === 0) return null;
  const best = Math.max(...found.map(({ counts }) => weight(counts)));
  const leading = found.filter(({ counts }) => weight(counts) === best);
  const [first] = leading;
  if (!first || leading.some(({ counts }) => contradicts(counts, first.counts))) return null;
  const { counts, quote, node } = leading.find((one) => sameCounts(one.counts, first.counts)) ?? first;
  return { ...counts, quote, path: nodePath(node) };
}

/** Short texts with digits, the innermost element first, then what stands around it while it stays short. */
function* statements(page: Page): Generator<[Element, string]> {
  const seen = new Set<Element>();
  const outline = outlineOf(page);
  for (const node of endsOf(outline.elements.filter(holdsDigits))) {
    let around: Element | null = node;
    for (let climbed = 0; around && climbed <= MAX_CLIMB && !seen.has(around); climbed += 1) {
      seen.add(around);
      if (around.name === "body" || around.name === "tr" || around.name === "a" || around.name === "option") break;
      const text = outline.textOf(around);
      if (text.length > MAX_TEXT) break;
      yield [around, text];
      around = parentOf(around);
    }
  }
}

function holdsDigits({ children }: Element): boolean {
  return children.some((child) => isText(child) && /\d/.test(child.data));
}

/** Statements stand before or after a list; what lies deep inside a very long one is left out. */
function endsOf(nodes: readonly Element[]): readonly Element[] {
  return nodes.length <= MAX_NODES ? nodes : [...nodes.slice(0, MAX_NODES / 2), ...nodes.slice(-MAX_NODES / 2)];
}

/** Carts, comments and choices of page size count other things. */
function isAboutElse(node: Element): boolean {
  return (
    closest(node, ({ name, attribs }) => {
      const names = `${attribs["class"] ?? ""} ${attribs["id"] ?? ""}`;
      return (
        name === "select" ||
        name === "script" ||
        /\b(?:mini-?)?(?:cart|basket|warenkorb|panier|comments?|reviews?|carousel|slider)\b/i.test(names)
      );
    }) !== null
  );
}

/** A range with its total says most; a bare count least. */
function weight({ total, from, pages }: Counts): number {
  return (total === undefined ? 0 : 1) + (from === undefined ? 0 : 2) + (pages === undefined ? 0 : 1.5);
}

function contradicts(a: Counts, b: Counts): boolean {
  return a.total !== b.total || a.pages !== b.pages || a.page !== b.page || a.from !== b.from;
}

function sameCounts(a: Counts, b: Counts): boolean {
  return !contradicts(a, b) && a.to === b.to;
}
