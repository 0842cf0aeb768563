/** Parts of an address that change from visit to visit. */
const VISIT = /([;?&])(?:jsessionid|phpsessid|sid|session(?:id)?|utm_[a-z]+|_|ts|timestamp)=[^&#;]*/gi;

/** Most addresses have no query, and nothing to leave out. */
const withoutVisit = (link: string): string => (/[;?&]/.test(link) ? link.replace(VISIT, "$1") : link);

/** What lower case may change besides A to Z: not the signs of Latin 1, punctuation and currencies. */
const MAY_CHANGE = /[^\0-\u00BF\u2000-\u20CF]/;

/**
 * A key that the same content gets on every page and at every time: FNV-1a, 64 bits, over the text without case, and the
 * links without what belongs to the visit, a line each. `text` is visible text, its whitespace collapsed. Not for security.
 */
export function contentKey(text: string, links: readonly string[]): string {
  const hash = new Fnv();
  hash.add(MAY_CHANGE.test(text) ? text.toLowerCase() : text, true);
  if (links.length === 0) hash.add("\n");
  for (const link of links) {
    hash.add("\n");
    hash.add(withoutVisit(link));
  }
  return hash.hex;
}

/** Takes texts as they come: put together first, each record would be one more long text. */
class Fnv {
  #low = 0x811c9dc5;
  #high = 0xcbf29ce4;

  /** Upper case letters of ASCII count as lower case ones where `isFolded`. */
  add(text: string, isFolded = false): void {
    let low = this.#low;
    let high = this.#high;
    for (let at = 0; at < text.length; at += 1) {
      let code = text.charCodeAt(at);
      if (isFolded && code >= 65 && code <= 90) code += 32;
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ (code + (low >>> 16)), 0x01000193);
    }
    this.#low = low;
    this.#high = high;
  }

  get hex(): string {
    return digits(this.#high) + digits(this.#low);
  }
}

const digits = (half: number): string => (half >>> 0).toString(16).padStart(8, "0");
