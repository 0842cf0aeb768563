import { sha256Hex } from "#kernel";
import type { Opportunity } from "./opportunity.ts";

/** Tells what is the same in one list: a reference under several titles stands for lots, an address under several entries for none. */
export interface Census {
  isSharedReference(reference: string): boolean;
  isSharedAddress(address: string): boolean;
}

/**
 * Everything that an opportunity is known by in its portal, the surest first: its reference or id; its reference and title,
 * where several entries share the reference (lots, amendments); its own page; its title and the date that changes least.
 */
export function keysOf(opportunity: Opportunity, census: Census): [string, ...string[]] {
  const reference = referenceOf(opportunity);
  const title = plain(opportunity.title);
  const date = opportunity.postedDate ?? opportunity.closingDate ?? "";
  const { detailUrl } = opportunity;
  const byReference = reference === null || census.isSharedReference(reference) ? [] : [key("reference", reference)];
  const byLot = reference === null ? [] : [key("lot", `${reference}\n${title}`)];
  const byPage = detailUrl === undefined || census.isSharedAddress(detailUrl) ? [] : [key("page", detailUrl)];
  const byTitle = key("title", `${title}\n${date}`);
  const [first = byTitle, ...others] = [...byReference, ...byLot, ...byPage, byTitle];
  return [first, ...others];
}

/** Whether a key says by itself that two sightings are one; the others do where references do not contradict. */
export function isSureKey(key: string): boolean {
  return key.startsWith("reference:") || key.startsWith("lot:");
}

/** Two references that both are there and differ: two opportunities, whatever else they share. */
export function contradict(a: Opportunity, b: Opportunity): boolean {
  const [one, other] = [referenceOf(a), referenceOf(b)];
  return one !== null && other !== null && one !== other;
}

/** Reads a whole list first, to learn which references and addresses stand for more than one entry. */
export class ListCensus implements Census {
  readonly #titles = new Map<string, string>();
  readonly #sharedReferences = new Set<string>();
  readonly #entries = new Map<string, string>();
  readonly #sharedAddresses = new Set<string>();

  note(opportunity: Opportunity): void {
    const reference = referenceOf(opportunity);
    const title = plain(opportunity.title);
    if (reference !== null) noteUnder(reference, title, this.#titles, this.#sharedReferences);
    if (opportunity.detailUrl !== undefined)
      noteUnder(opportunity.detailUrl, `${reference ?? ""}\n${title}`, this.#entries, this.#sharedAddresses);
  }

  isSharedReference(reference: string): boolean {
    return this.#sharedReferences.has(reference);
  }

  isSharedAddress(address: string): boolean {
    return this.#sharedAddresses.has(address);
  }
}

function noteUnder(name: string, entry: string, known: Map<string, string>, shared: Set<string>): void {
  const before = known.get(name);
  if (before === undefined) known.set(name, entry);
  else if (before !== entry) shared.add(name);
}

function key(kind: "reference" | "lot" | "page" | "title", what: string): string {
  return `${kind}:${sha256Hex(what)}`;
}

/** Blanks, case and dashes are written now so, now so. */
export function referenceOf({ referenceNumber, externalId }: Opportunity): string | null {
  const reference = (referenceNumber ?? externalId ?? "")
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]+/gu, "");
  return reference === "" ? null : reference;
}

function plain(title: string): string {
  return title.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
