import type { AskedInput } from "#engines/extraction";

const UNITS: Readonly<Record<string, RegExp>> = {
  d: /^(?:days?|tage?n?|jours?|d[ií]as?|giorn[io]|dagen|dag)$/iu,
  w: /^(?:weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week)$/iu,
  m: /^(?:months?|monate?n?|mois|mes(?:es)?|mes[ei]|maanden|maand)$/iu,
  y: /^(?:years?|jahre?n?|ans?|années?|años?|ann[io]|jaren|jaar)$/iu,
};
const LAST =
  /(?<!\p{L})(?:last|past|previous|recent|letzten?|vergangenen?|derni(?:er|ère)s?|[uú]ltim[oa]s?|ultim[eio]|afgelopen|laatste)\s+(?:(\d{1,4})\s+)?(\p{L}+)|(?<!\d)(\d{1,4})\s+(?:derni(?:er|ère)s|[uú]ltim[oa]s)\s+(\p{L}+)/giu;

/** The period up to today that words speak of, such as "of the last 30 days", as the two ends of a search. */
export function periodIn(words: string): AskedInput[] {
  for (const [, before = "1", unitAfter, after, unitBefore = ""] of words.slice(0, 2_000).matchAll(LAST)) {
    const word = unitAfter ?? unitBefore;
    const unit = Object.keys(UNITS).find((key) => UNITS[key]?.test(word));
    if (unit === undefined) continue;
    const from = `today-${Number(after ?? before)}${unit}`;
    return [
      { name: "from", value: from, type: "date" },
      { name: "to", value: "today", type: "date" },
    ];
  }
  return [];
}
