import { collapse } from "../page/text-of.ts";

/** Parts of an address that change from visit to visit. */
const VISIT = /([;?&])(?:jsessionid|phpsessid|sid|session(?:id)?|utm_[a-z]+|_|ts|timestamp)=[^&#;]*/gi;

/** Most addresses have no query, and nothing to leave out. */
const withoutVisit = (link: string): string => (/[;?&]/.test(link) ? link.replace(VISIT, "$1") : link);

/**
 * A key that the same content gets on every page and at every time: FNV-1a, 64 bits, over the text without case and
 * space, and the links without what belongs to the visit. Not for security.
 */
export function contentKey(text: string, links: readonly string[]): string {
  const source = `${collapse(text.toLowerCase())}\n${links.map(withoutVisit).join("\n")}`;
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let i = 0; i < source.length; i += 1) {
    const code = source.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + (low >>> 16)), 0x01000193);
  }
  return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
}
