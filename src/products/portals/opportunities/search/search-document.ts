import type { Opportunity } from "../opportunity.ts";
import { spelledOut, wordsOf } from "./fold-words.ts";

const MOST_WORDS = 6_000;
/** PostgreSQL knows no later place than this. */
const LAST_PLACE = 16_383;
/** Words of two fields are no neighbours. */
const GAP = 10;

/**
 * The words of an opportunity as PostgreSQL writes a `tsvector`: `'bridge':1A 'repair':2A`. Written here and not by
 * `to_tsvector`, so that it is the same on every database, in every language, whatever dictionaries are installed.
 */
export function searchDocument(opportunity: Opportunity): string {
  const places = new Map<string, string[]>();
  let place = 0;
  let count = 0;
  const add = (text: string | undefined, weight: "A" | "B" | "C" | "D"): void => {
    for (const { folded, start, end } of wordsOf(text ?? "")) {
      if (folded === "" || ++count > MOST_WORDS) continue;
      place = Math.min(place + 1, LAST_PLACE);
      for (const word of [folded, spelledOut(text?.slice(start, end) ?? "")])
        if (word !== null) places.set(word, [...(places.get(word) ?? []).slice(-200), `${place}${weight}`]);
    }
    place = Math.min(place + GAP, LAST_PLACE);
  };
  for (const [weight, texts] of textsOf(opportunity)) for (const text of texts) add(text, weight);
  return [...places].map(([word, at]) => `'${word}':${at.join(",")}`).join(" ");
}

/** What can be searched, by how much it counts. */
export function textsOf(opportunity: Opportunity) {
  const { title, referenceNumber, externalId, agency, department, category, opportunityType } = opportunity;
  const { documents = [], classifications = [], description, contactName } = opportunity;
  const codes = classifications.flatMap(({ id, description: words }) => [id, words]);
  return [
    ["A", [title, referenceNumber, externalId]],
    ["B", [agency, department, category, opportunityType]],
    ["C", [...documents.map(({ name }) => name), ...codes, contactName]],
    ["D", [description]],
  ] as const;
}
