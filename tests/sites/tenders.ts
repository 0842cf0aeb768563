/** One tender of the made-up authorities whose sites we test against. */
export interface Tender {
  readonly reference: string;
  readonly title: string;
  readonly agency: string;
  /** As a page writes it: `14 March 2026`. */
  readonly closes: string;
  readonly closesIso: string;
  readonly value: string;
  readonly href: string;
}

const WORKS = [
  "Resurfacing of",
  "Cleaning of",
  "Security for",
  "Catering at",
  "Lighting for",
  "Survey of",
  "Roof repair at",
];
const PLACES = [
  "Harbour Road",
  "the Town Hall",
  "Mill Lane school",
  "the North Depot",
  "Castle Park",
  "the Central Library",
];
const AGENCIES = ["Roads Department", "Estates Office", "Education Board", "Parks Service"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];

/** The first `count` tenders; the same ones every time. */
export function tenders(count: number): Tender[] {
  return Array.from({ length: count }, (_, nth) => tender(nth));
}

export function tender(nth: number): Tender {
  const day = (nth % 28) + 1;
  const month = nth % MONTHS.length;
  const reference = `T-2026-${String(1000 + nth * 7)}`;
  return {
    reference,
    title: `${pick(WORKS, nth)} ${pick(PLACES, nth * 5 + 1)}, lot ${nth + 1}`,
    agency: pick(AGENCIES, nth * 3),
    closes: `${day} ${pick(MONTHS, month)} 2026`,
    closesIso: `2026-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`,
    value: `£${(12_500 + nth * 1_375).toLocaleString("en-GB")}`,
    href: `/tenders/${reference.toLowerCase()}`,
  };
}

function pick(words: readonly string[], at: number): string {
  return words[at % words.length] ?? "";
}

/** A part of the list, counted from page 1. */
export function pageOf<Item>(items: readonly Item[], page: number, size: number): Item[] {
  return items.slice((page - 1) * size, page * size);
}
