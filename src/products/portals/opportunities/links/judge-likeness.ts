import { buyerWords, type LinkCandidate } from "./link-candidate.ts";
import { likenessOf } from "./title-likeness.ts";

/** One fact that two entries share, or do not. */
export interface LinkReason {
  readonly fact:
    "reference" | "title" | "closing" | "posted" | "buyer" | "value" | "contact" | "page" | "codes" | "turn";
  readonly speaks: "for" | "against";
  /** For people. */
  readonly text: string;
}

export interface Likeness {
  /** How likely it is that both are one opportunity, 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly LinkReason[];
}

/** From here on two entries are linked; below, nothing is said. */
export const LINK_FROM = 0.8;

/** Two entries taken at random are not one: what they share has to make up for this. */
const START = -4;
const DAY_MS = 86_400_000;

interface Weighed extends LinkReason {
  readonly weight: number;
}

type Judge = (a: LinkCandidate, b: LinkCandidate) => Weighed | null;

/**
 * Weighs what two entries share against what parts them. No single fact is enough: a title alone names every year's tender, a
 * number alone is given by many. What tells two lots or years apart outweighs all that they share.
 */
export function judgeLikeness(a: LinkCandidate, b: LinkCandidate): Likeness {
  const facts = JUDGES.flatMap((judge) => judge(a, b) ?? []);
  const sum = facts.reduce((total, { weight }) => total + weight, START) + forgiven(facts);
  const reasons = [...facts]
    .sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight))
    .map(({ fact, speaks, text }) => ({ fact, speaks, text }));
  return { confidence: Math.round(1000 / (1 + Math.exp(-sum))) / 1000, reasons };
}

/** Under one distinctive reference a moved deadline is an amendment that one portal has and the other not yet. */
function forgiven(facts: readonly Weighed[]): number {
  const hasReference = facts.some(({ fact, weight }) => fact === "reference" && weight >= 3);
  const hasOtherDay = facts.some(({ fact, weight }) => fact === "closing" && weight < 0);
  return hasReference && hasOtherDay ? 2.5 : 0;
}

const JUDGES: readonly Judge[] = [
  (a, b) => turn(a, b),
  (a, b) => reference(a, b),
  (a, b) => title(a, b),
  (a, b) => closing(a, b),
  (a, b) => posted(a, b),
  (a, b) => buyer(a, b),
  (a, b) => value(a, b),
  (a, b) => (a.email !== null && a.email === b.email ? speaksFor("contact", 1.5, `Same contact: ${a.email}`) : null),
  (a, b) => (a.page !== null && a.page === b.page ? speaksFor("page", 5, "Same page on the portal") : null),
  (a, b) => codes(a, b),
];

/** What stood in one list at the same time is told apart by that list. */
function turn(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.portalId !== b.portalId) return null;
  if (stoodTogether(a, b)) return speaksAgainst("turn", 12, "Both stood in the same list at the same time");
  return speaksFor("turn", 0.5, "One came when the other had gone from the same portal");
}

/** Whether one list had both at the same time: then they are two, whatever they share. */
export function stoodTogether(a: LinkCandidate, b: LinkCandidate): boolean {
  if (a.portalId !== b.portalId) return false;
  const [early, late] = a.firstSeenAt <= b.firstSeenAt ? [a, b] : [b, a];
  return early.lastSeenAt >= late.firstSeenAt;
}

function reference(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.reference === null || b.reference === null) return null;
  if (a.reference === b.reference)
    return speaksFor("reference", distinctness(a.reference), `Same reference: ${a.reference}`);
  const text = `Different references: ${a.reference} and ${b.reference}`;
  return speaksAgainst("reference", a.portalId === b.portalId ? 6 : 0.5, text);
}

/** "2026-001" exists on every portal; "ORK-88123" hardly twice. */
function distinctness(written: string): number {
  const core = written
    .replace(/(19|20)\d\d/, "")
    .replace(/^(RFP|RFQ|RFI|ITB|IFB|ITT|BID|NO|NR|REF|TENDER)/, "")
    .replace(/^0+/, "");
  return core.length >= 7 ? 5 : core.length >= 4 ? 3.5 : 1.5;
}

function title(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  const likeness = likenessOf(a.words, b.words);
  switch (likeness.kind) {
    case "same":
      return speaksFor("title", 1.5 + 0.35 * Math.min(likeness.shared, 8), `Same title: ${a.title}`);
    case "near":
      return speaksFor("title", 1 + 0.3 * Math.min(likeness.shared, 8), "Titles that differ in spelling only");
    case "contained":
      return speaksFor("title", 0.5 + 0.25 * Math.min(likeness.shared, 8), "One title is part of the other");
    case "other":
      return speaksAgainst("title", 9, `Titles that name different things: ${likeness.words.slice(0, 6).join(", ")}`);
    case "different":
      return speaksAgainst("title", 3, "Different titles");
  }
}

function closing(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.closing === null || b.closing === null) return null;
  const [one, other] = [a.closing.slice(0, 10), b.closing.slice(0, 10)];
  return one === other
    ? speaksFor("closing", 2.5, `Same closing date: ${one}`)
    : speaksAgainst("closing", 4, `Different closing dates: ${one} and ${other}`);
}

function posted(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.posted === null || b.posted === null) return null;
  const days = Math.round(Math.abs(Date.parse(a.posted) - Date.parse(b.posted)) / DAY_MS);
  if (Number.isNaN(days)) return null;
  if (days <= 3)
    return speaksFor("posted", 1, days === 0 ? `Published on the same day: ${a.posted}` : "Published within days");
  return days > 60 ? speaksAgainst("posted", days > 300 ? 6 : 3, `Published ${days} days apart`) : null;
}

function buyer(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.buyer === null || b.buyer === null) return null;
  const [one, other] = [buyerWords(a.buyer), buyerWords(b.buyer)];
  const shared = one.filter((word) => other.includes(word)).length;
  if (shared === 0) return speaksAgainst("buyer", 3, `Different buyers: ${a.buyer} and ${b.buyer}`);
  return shared === Math.min(one.length, other.length)
    ? speaksFor("buyer", 2, `Same buyer: ${a.buyer}`)
    : speaksFor("buyer", 0.5, `Buyers with like names: ${a.buyer} and ${b.buyer}`);
}

function value(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.valueMax === null || b.valueMax === null || a.currency !== b.currency) return null;
  const part = Math.abs(a.valueMax - b.valueMax) / Math.max(Math.abs(a.valueMax), Math.abs(b.valueMax), 1);
  if (part < 0.005) return speaksFor("value", 1.5, `Same value: ${a.valueMax} ${a.currency ?? ""}`.trim());
  return part > 0.1 ? speaksAgainst("value", 2, `Different values: ${a.valueMax} and ${b.valueMax}`) : null;
}

function codes(a: LinkCandidate, b: LinkCandidate): Weighed | null {
  if (a.codes.length === 0 || b.codes.length === 0) return null;
  const shared = a.codes.filter((code) => b.codes.includes(code));
  return shared.length > 0
    ? speaksFor("codes", 0.7, `Same classification: ${shared.slice(0, 3).join(", ")}`)
    : speaksAgainst("codes", 1, "Different classifications");
}

function speaksFor(fact: LinkReason["fact"], weight: number, text: string): Weighed {
  return { fact, speaks: "for", text, weight };
}

function speaksAgainst(fact: LinkReason["fact"], weight: number, text: string): Weighed {
  return { fact, speaks: "against", text, weight: -weight };
}
