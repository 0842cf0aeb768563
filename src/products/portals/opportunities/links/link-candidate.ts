import { sha256Hex } from "#kernel";
import { referenceOf } from "../opportunity-identity.ts";
import type { Opportunity } from "../opportunity.ts";
import { codeOf } from "../values/classification.ts";
import { wordsOf } from "../search/fold-words.ts";
import { tellingWords } from "./title-likeness.ts";

/** What of an opportunity tells whether another one is the same. */
export interface LinkCandidate {
  readonly id: string;
  readonly portalId: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly title: string;
  readonly words: readonly string[];
  /** Letters and digits only, capitals. */
  readonly reference: string | null;
  readonly closing: string | null;
  readonly posted: string | null;
  readonly buyer: string | null;
  readonly valueMax: number | null;
  readonly currency: string | null;
  readonly email: string | null;
  readonly page: string | null;
  readonly codes: readonly string[];
}

type Dated = Pick<LinkCandidate, "id" | "portalId" | "firstSeenAt" | "lastSeenAt">;

export function candidateOf(opportunity: Opportunity, { id, portalId, firstSeenAt, lastSeenAt }: Dated): LinkCandidate {
  const { title, agency, department, closingDate, postedDate, contactEmail, detailUrl } = opportunity;
  const reference = referenceOf(opportunity)?.replace(/[^\p{L}\p{N}]/gu, "") ?? "";
  return {
    ...{ id, portalId, firstSeenAt, lastSeenAt, title },
    words: tellingWords(title, opportunity.referenceNumber ?? opportunity.externalId ?? null),
    reference: reference === "" ? null : reference,
    closing: closingDate ?? null,
    posted: postedDate?.slice(0, 10) ?? null,
    buyer: agency ?? department ?? null,
    valueMax: opportunity.valueMax ?? null,
    currency: opportunity.currency ?? null,
    email: contactEmail?.toLowerCase() ?? null,
    page: detailUrl ?? null,
    codes: (opportunity.classifications ?? []).map(codeOf),
  };
}

/** Only what shares one of these is compared: so the work grows with what is new, not with its square. */
export function blockKeys({ words, reference, closing, page }: LinkCandidate): string[] {
  const longest = [...new Set(words)]
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const day = closing?.slice(0, 10);
  const digits = reference?.replace(/\D/g, "").length ?? 0;
  return [
    ...(reference !== null && reference.length >= 5 && digits >= 3 ? [`reference:${reference.slice(0, 100)}`] : []),
    ...(words.length > 0 ? [`title:${sha256Hex([...words].sort().join(" ")).slice(0, 24)}`] : []),
    ...(day === undefined ? [] : longest.slice(0, 3).map((word) => `day:${day}:${word}`)),
    ...(longest.length < 2 ? [] : [`words:${longest.slice(0, 2).join("+")}`]),
    ...(page === null ? [] : [`page:${sha256Hex(page).slice(0, 24)}`]),
  ];
}

/** The words of a buyer's name that tell it from others. */
export function buyerWords(name: string): string[] {
  const NOTHING = new Set([
    "the",
    "of",
    "and",
    "for",
    "der",
    "die",
    "und",
    "de",
    "la",
    "le",
    "du",
    "des",
    "y",
    "di",
    "van",
    "city",
    "department",
    "stadt",
  ]);
  const words = wordsOf(name).map(({ folded }) => folded);
  const telling = words.filter((word) => !NOTHING.has(word));
  return telling.length > 0 ? telling : words;
}
