import { sha256Hex } from "#kernel";
import type { Opportunity } from "./opportunity.ts";

/**
 * What makes two sightings the same opportunity of a portal: its reference or id; without one, its title and the date
 * that changes least. A reference that several entries of one list share (lots, amendments) needs the title beside it.
 */
export function identityOf(opportunity: Opportunity, isAmbiguous: (reference: string) => boolean): string {
  const reference = referenceOf(opportunity);
  const title = plain(opportunity.title);
  if (reference !== null && !isAmbiguous(reference)) return `reference:${sha256Hex(reference)}`;
  if (reference !== null) return `lot:${sha256Hex(`${reference}\n${title}`)}`;
  const date = opportunity.postedDate ?? opportunity.closingDate ?? "";
  return `title:${sha256Hex(`${title}\n${date}`)}`;
}

/** Reads a whole list first, to learn which references stand for more than one title. */
export class ReferenceCensus {
  readonly #titles = new Map<string, string>();
  readonly #ambiguous = new Set<string>();

  note(opportunity: Opportunity): void {
    const reference = referenceOf(opportunity);
    if (reference === null) return;
    const title = plain(opportunity.title);
    const known = this.#titles.get(reference);
    if (known === undefined) this.#titles.set(reference, title);
    else if (known !== title) this.#ambiguous.add(reference);
  }

  isAmbiguous(reference: string): boolean {
    return this.#ambiguous.has(reference);
  }
}

/** Blanks, case and dashes are written now so, now so. */
function referenceOf({ referenceNumber, externalId }: Opportunity): string | null {
  const reference = (referenceNumber ?? externalId ?? "")
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]+/gu, "");
  return reference === "" ? null : reference;
}

function plain(title: string): string {
  return title.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
