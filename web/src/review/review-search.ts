/** What is reviewed, as the address says it. */
export interface ReviewSearch {
  of?: "pairs";
  /** The one that is looked at; without it, the first. */
  at?: string;
  field?: string;
}

/** Reads an address that anybody may have written: what is not known is left out. */
export function readReviewSearch({ of, at, field }: Record<string, unknown>): ReviewSearch {
  return {
    ...(of === "pairs" ? { of } : {}),
    ...(typeof at === "string" ? { at: at.slice(0, 100) } : {}),
    ...(typeof field === "string" ? { field: field.slice(0, 100) } : {}),
  };
}
