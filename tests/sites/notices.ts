import type { TrueRecord } from "./portal.ts";
import type { Tongue } from "./tongues.ts";

/** A tender of the made-up authorities, before it is written in some language. */
export interface Notice {
  readonly reference: string;
  readonly title: string;
  readonly buyer: string;
  /** ISO dates. */
  readonly posted: string;
  readonly closes: string;
  /** Whole units of the language's currency. */
  readonly value: number;
  readonly href: string;
}

export type NoticePart = "reference" | "title" | "buyer" | "posted" | "closes" | "value" | "link";

/** The first notices in a language; the same ones every time. */
export function notices(tongue: Tongue, count: number, from = 0): Notice[] {
  return Array.from({ length: count }, (_, at) => notice(tongue, from + at));
}

function notice(tongue: Tongue, nth: number): Notice {
  const reference = tongue.reference(1_000 + nth * 7);
  const month = (nth * 3) % 9;
  return {
    reference,
    title: `${pick(tongue.works, nth)} ${pick(tongue.places, nth * 5 + 2)}, ${tongue.lot} ${nth + 1}`,
    buyer: pick(tongue.buyers, nth * 3 + 1),
    posted: isoDate(month + 1, ((nth * 11) % 28) + 1),
    closes: isoDate(month + 3, ((nth * 5) % 28) + 1),
    value: 12_500 + nth * 1_375,
    href: `/notice/${reference.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`,
  };
}

const isoDate = (month: number, day: number): string =>
  `2026-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

function pick(words: readonly string[], at: number): string {
  return words[at % words.length] ?? "";
}

const FIELDS: Readonly<Record<NoticePart, (notice: Notice, tongue: Tongue) => readonly [string, string]>> = {
  reference: ({ reference }) => ["referenceNumber", reference],
  title: ({ title }) => ["title", title],
  buyer: ({ buyer }) => ["agency", buyer],
  posted: ({ posted }) => ["postedDate", posted],
  closes: ({ closes }) => ["closingDate", closes],
  value: ({ value }, { currency }) => ["estimatedValue", `${value} ${currency}`],
  link: ({ href }) => ["detailUrl", href],
};

export const ALL_PARTS: readonly NoticePart[] = ["reference", "title", "buyer", "posted", "closes", "value", "link"];

/** What a page that shows these parts of a notice holds. */
export function trueRecord(notice: Notice, tongue: Tongue, parts: readonly NoticePart[] = ALL_PARTS): TrueRecord {
  return {
    mark: parts.includes("reference") ? notice.reference : notice.title,
    fields: Object.fromEntries(parts.map((part) => FIELDS[part](notice, tongue))),
  };
}
