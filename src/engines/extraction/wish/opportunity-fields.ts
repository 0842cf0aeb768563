import type { FieldMapping, MappableColumn } from "./wish.ts";

/** Maps columns to the fields of an Opportunity (title, referenceNumber, closingDate …). Only fields that found a column. */
export function opportunityFields(_columns: readonly MappableColumn[]): FieldMapping[] {
  return [];
}
