import type { Opportunity } from "../api/resources.ts";

/** The values that count in lists: the page's, but where a person said otherwise. A title that was corrected is not marked. */
export function counting(opportunity: Opportunity): Opportunity {
  const said = Object.entries(opportunity.corrections);
  if (said.length === 0) return opportunity;
  const values = said.map(([field, { value }]) => [field, value ?? undefined]);
  return { ...opportunity, ...Object.fromEntries(values), highlights: {} };
}
