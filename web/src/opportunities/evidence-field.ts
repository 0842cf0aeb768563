import type { OpportunityDetail } from "../api/resources.ts";
import { dayOf } from "../elements/instant.ts";

/** A value of an opportunity as the panel shows it. */
export interface ShownField {
  name: string;
  label: string;
  /** What the page says. */
  value: string;
  /** What a person says instead; `shown` is null where the page's value is only known to be wrong. */
  correction?: { shown: string | null; by: string; at: string };
  /** Why no value was made of the page's words. */
  unclear?: string;
}

const NOT_ON_PAGE = "nothing";

const LABELS = [
  ["title", "Title"],
  ["referenceNumber", "Reference"],
  ["closingDate", "Closing"],
  ["postedDate", "Posted"],
  ["lastModified", "Last modified"],
  ["status", "Status"],
  ["opportunityType", "Type"],
  ["agency", "Agency"],
  ["department", "Department"],
  ["category", "Category"],
  ["estimatedValue", "Value"],
  ["contactName", "Contact"],
  ["contactEmail", "E-mail"],
  ["contactPhone", "Phone"],
  ["externalId", "Id on the portal"],
  ["description", "Description"],
  ["detailUrl", "Its page"],
] as const;
const DATES: readonly string[] = ["closingDate", "postedDate", "lastModified"];

/** What is known of it, in the order in which people read it. */
export function fieldsOf(opportunity: Omit<OpportunityDetail, "raw" | "fieldConfidence">): ShownField[] {
  const plain = LABELS.flatMap(([name, label]): ShownField[] => {
    const value = opportunity[name];
    const said = opportunity.corrections[name];
    const open = opportunity.unclear.find(({ field }) => field === name);
    if (value === undefined && said === undefined && open === undefined) return [];
    const text = (raw: string) => (DATES.includes(name) ? dateText(raw) : raw);
    const correction = said && {
      shown: said.value === null ? null : text(String(said.value)),
      by: said.by,
      at: said.at,
    };
    return [
      {
        ...{ name, label, value: value === undefined ? (open?.quote ?? NOT_ON_PAGE) : text(value) },
        ...(correction === undefined ? {} : { correction }),
        ...(open === undefined ? {} : { unclear: open.message }),
      },
    ];
  });
  const codes = opportunity.classifications?.map(({ scheme, id, description = "" }) =>
    `${scheme} ${id} ${description}`.trim(),
  );
  const classified = codes === undefined ? [] : [{ name: "classifications", label: "Codes", value: codes.join(", ") }];
  const documents = opportunity.documents?.map(({ name }) => name).join(", ");
  return documents === undefined || documents === ""
    ? [...plain, ...classified]
    : [...plain, ...classified, { name: "documents", label: "Documents", value: documents }];
}

/** Data have instants as milliseconds, or seconds, since 1970: the date that such words of a date mean, for who reads them. */
export function instantIn(field: string, quote: string): string | null {
  if (!DATES.includes(field) || !/^(\d{10}|\d{13})$/.test(quote)) return null;
  const date = new Date(Number(quote.padEnd(13, "0")));
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Whether a value stands in what a page's program reads, be it the whole answer or a part of the page. */
export function isInData(path: string): boolean {
  return /\/script\[\d+\]$/.test(path);
}

function dateText(iso: string): string {
  return iso.length > 10 ? `${dayOf(iso)} (${iso})` : dayOf(iso);
}

/** What people call a field. */
export function labelOf(field: string): string {
  return LABELS.find(([name]) => name === field)?.[1] ?? MORE_LABELS[field] ?? field;
}

const MORE_LABELS: Readonly<Record<string, string>> = {
  documents: "Documents",
  classifications: "Codes",
  valueMin: "Value, from",
  valueMax: "Value, up to",
  currency: "Currency",
};
