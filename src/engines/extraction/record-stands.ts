import { outlineOf } from "./outline/page-outline.ts";
import { baseUrlOf } from "./page/base-url-of.ts";
import { elementsBelow } from "./page/elements.ts";
import { nodeAt } from "./page/node-path.ts";
import type { Page } from "./page/page.ts";
import { addressIn } from "./page/written-address.ts";
import { resolveUrl } from "./page/resolve-url.ts";

interface StandingRecord {
  readonly path: string;
  readonly text: string;
  readonly links: readonly string[];
  /** What its fields say: the text of a record from embedded data is made of it. */
  readonly values: readonly string[];
}

/**
 * Whether a record stands on its page as it was stored, whatever a recipe makes of that page today: its element is
 * there, its text is one or two stretches of the page (a heading and the record), its links are links of the page.
 */
export function recordStands(page: Page, { path, text, links, values }: StandingRecord): boolean {
  if (path !== "" && !nodeAt(page.root, path)) return false;
  const known = linksOf(page);
  if (!links.every((link) => known.has(link) || values.includes(link))) return false;
  return text === values.join(" ") || isWritten(bare(text), bare(outlineOf(page).text));
}

const bare = (text: string): string => text.replace(/\s+/g, "");

function isWritten(text: string, page: string): boolean {
  let [least, most] = [0, text.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (page.includes(text.slice(0, middle))) least = middle;
    else most = middle - 1;
  }
  return least === text.length || (least > 0 && page.includes(text.slice(least)));
}

const READ = new WeakMap<Page, Set<string>>();

function linksOf(page: Page): Set<string> {
  const known = READ.get(page);
  if (known) return known;
  const links = new Set<string>();
  for (const node of elementsBelow(page.root))
    for (const name of ["href", "src", "data-href", "data-url", "action", "onclick"]) {
      const written = name === "onclick" ? addressIn(name, node.attribs[name])?.text : node.attribs[name];
      const url = written === undefined ? null : resolveUrl(written, baseUrlOf(node, page));
      if (url) links.add(url);
      if (written !== undefined) links.add(written);
    }
  READ.set(page, links);
  return links;
}
