/** A code of a public vocabulary of what is bought. */
export interface Classification {
  readonly scheme: "CPV" | "NAICS" | "UNSPSC";
  readonly id: string;
  /** The words that stand behind the code on the page. */
  readonly description?: string;
}

type Scheme = Classification["scheme"];

interface Rule {
  readonly scheme: Scheme;
  readonly name: RegExp;
  readonly code: RegExp;
  readonly isReal: (id: string) => boolean;
}

/** Divisions of the CPV of 2008. */
const CPV_DIVISIONS = new Set(
  "03 09 14 15 16 18 19 22 24 30 31 32 33 34 35 37 38 39 41 42 43 44 45 48 50 51 55 60 63 64 65 66 70 71 72 73 75 76 77 79 80 85 90 92 98".split(
    " ",
  ),
);
const NAICS_SECTORS = new Set("11 21 22 23 31 32 33 42 44 45 48 49 51 52 53 54 55 56 61 62 71 72 81 92".split(" "));

const RULES: readonly Rule[] = [
  {
    scheme: "CPV",
    name: /(?<!\p{L})CPV(?!\p{L})/giu,
    code: /(?<![\d-])(\d{8})(?:\s?-\s?\d)?(?![\d-])/g,
    isReal: isCpv,
  },
  {
    scheme: "UNSPSC",
    name: /(?<!\p{L})UNSPSC(?!\p{L})/giu,
    code: /(?<![\d-])(\d{8})(?![\d-])/g,
    isReal: (id) => Number(id.slice(0, 2)) >= 10 && Number(id.slice(0, 2)) <= 95,
  },
  {
    scheme: "NAICS",
    name: /(?<!\p{L})NAICS(?!\p{L})/giu,
    code: /(?<![\d-])(\d{6})(?![\d-])/g,
    isReal: (id) => NAICS_SECTORS.has(id.slice(0, 2)),
  },
];

/** A CPV code as it is written in full: its ninth digit makes it one even where nothing names the vocabulary. */
const FULL_CPV = /(?<![\d-])(\d{8})-\d(?![\d-])/g;
const WORDS_BEHIND = /^(?:-\d)?\s*[-–:(]?\s*(\p{L}[^;,\n|()\d]{2,120})/u;
const MOST_TEXT = 20_000;

/**
 * The codes in a text of a page. What its label names, or the text itself ("CPV: 45233141-9"), says which vocabulary a
 * number belongs to: a number alone is a number. Only where `label` is one of a classification, a CPV code in full is enough.
 */
export function classificationsIn(text: string, label: string, isClassification: boolean): Classification[] {
  const shown = text.slice(0, MOST_TEXT);
  const named = RULES.flatMap((rule) => [...shown.matchAll(rule.name)].map(({ index }) => ({ rule, at: index })));
  const labelled = RULES.filter(({ name }) => label.search(name) >= 0).map((rule) => ({ rule, at: 0 }));
  const places = [...labelled.slice(0, 1), ...named].sort((a, b) => a.at - b.at);
  const found = places.flatMap(({ rule, at }, number) =>
    codesIn(shown, at, places[number + 1]?.at ?? shown.length, rule.scheme, rule.code, rule.isReal),
  );
  if (places.length > 0 || !isClassification) return distinct(found);
  return distinct(codesIn(shown, 0, shown.length, "CPV", FULL_CPV, isCpv));
}

function codesIn(
  text: string,
  from: number,
  to: number,
  scheme: Scheme,
  code: RegExp,
  isReal: (id: string) => boolean,
): Classification[] {
  const part = text.slice(from, to);
  return [...part.matchAll(code)].flatMap(({ 0: written, 1: id = "", index }) => {
    if (!isReal(id)) return [];
    const description = WORDS_BEHIND.exec(part.slice(index + written.length))?.[1]?.trim();
    return [{ scheme, id, ...(description === undefined ? {} : { description }) }];
  });
}

/**
 * A division that exists, and levels without a hole: below a zero there is nothing more. The ninth digit is not checked:
 * many of the published codes do not follow its rule.
 */
function isCpv(id: string): boolean {
  const [, , group = "", klass = "", category = ""] = id;
  const rest = id.slice(5);
  if (!CPV_DIVISIONS.has(id.slice(0, 2))) return false;
  if (group === "0") return /^0+$/.test(klass + category + rest);
  if (klass === "0") return /^0+$/.test(category + rest);
  return category !== "0" || rest === "000";
}

function distinct(found: readonly Classification[]): Classification[] {
  const byCode = new Map<string, Classification>();
  for (const each of found) {
    const key = codeOf(each);
    if (!byCode.has(key) || each.description !== undefined) byCode.set(key, each);
  }
  return [...byCode.values()];
}

/** How a code is written where it stands alone: `CPV:45233141`. */
export function codeOf({ scheme, id }: Pick<Classification, "scheme" | "id">): string {
  return `${scheme}:${id}`;
}
