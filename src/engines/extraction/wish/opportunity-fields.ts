import { mapColumns, SURE_MAPPING } from "./map-columns.ts";
import type { FieldMapping, MappableColumn, WishedField } from "./wish.ts";

/** Fields of an Opportunity that come from columns, and what each is called in the concept table. */
const OPPORTUNITY: readonly (readonly [string, WishedField])[] = [
  ["title", { name: "title" }],
  ["referenceNumber", { name: "reference" }],
  ["closingDate", { name: "closing date" }],
  ["postedDate", { name: "posted date" }],
  ["lastModified", { name: "modified date" }],
  ["status", { name: "status" }],
  ["opportunityType", { name: "opportunity type" }],
  ["agency", { name: "agency" }],
  ["department", { name: "department" }],
  ["category", { name: "category" }],
  ["estimatedValue", { name: "value", type: "money" }],
  ["description", { name: "description" }],
  ["contactName", { name: "contact name" }],
  ["contactEmail", { name: "contact email", type: "email" }],
  ["contactPhone", { name: "contact phone", type: "phone" }],
  ["documents", { name: "documents", type: "document" }],
  ["detailUrl", { name: "link", type: "url" }],
];

/** Names of the fields of an Opportunity that pages can hold. */
export const OPPORTUNITY_FIELDS: readonly string[] = OPPORTUNITY.map(([name]) => name);

/** Served only where the column's name says so: a date that is left over is another date, and no fact about this one. */
const BY_NAME_ONLY: ReadonlySet<string> = new Set(["lastModified"]);

/** Maps columns to the fields of an Opportunity (title, referenceNumber, closingDate …). Only fields that found a column. */
export function opportunityFields(columns: readonly MappableColumn[]): FieldMapping[] {
  const { mappings } = mapColumns({ fields: OPPORTUNITY.map(([, field]) => field) }, columns);
  const found = mappings.flatMap((mapping, position) => {
    const name = OPPORTUNITY[position]?.[0];
    if (name === undefined || mapping.column === null) return [];
    return BY_NAME_ONLY.has(name) && mapping.confidence < SURE_MAPPING ? [] : [{ ...mapping, field: name }];
  });
  return found.some(({ field }) => field === "title") ? found : [...titleByText(columns, found), ...found];
}

/** Every opportunity has a title: failing a name, it is the text column with the longest values that is still free. */
function titleByText(columns: readonly MappableColumn[], found: readonly FieldMapping[]): FieldMapping[] {
  const taken = new Set(found.map(({ column }) => column));
  const free = columns.filter(({ name, type }) => type === "text" && !taken.has(name));
  const ranked = free.map((column) => ({ column, length: meanLength(column) })).sort((a, b) => b.length - a.length);
  const best = ranked[0];
  if (!best) return [];
  const note = `"${best.column.name}" was taken for the title because it holds the longest texts; check it.`;
  return [{ field: "title", column: best.column.name, confidence: 0.4, note }];
}

function meanLength({ samples = [] }: MappableColumn): number {
  return samples.reduce((sum, sample) => sum + Math.min(sample.length, 200), 0) / Math.max(1, samples.length);
}
