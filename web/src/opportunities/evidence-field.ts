import type { OpportunityDetail } from "../api/resources.ts";
import { dayOf } from "../elements/instant.ts";

/** A value of an opportunity as the panel shows it. */
export interface ShownField {
  name: string;
  label: string;
  value: string;
}

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
export function fieldsOf(opportunity: OpportunityDetail): ShownField[] {
  const plain = LABELS.flatMap(([name, label]) => {
    const value = opportunity[name];
    if (value === undefined) return [];
    return [{ name, label, value: DATES.includes(name) ? dateText(value) : value }];
  });
  const documents = opportunity.documents?.map(({ name }) => name).join(", ");
  return documents === undefined || documents === ""
    ? plain
    : [...plain, { name: "documents", label: "Documents", value: documents }];
}

function dateText(iso: string): string {
  return iso.length > 10 ? `${dayOf(iso)} (${iso})` : dayOf(iso);
}
