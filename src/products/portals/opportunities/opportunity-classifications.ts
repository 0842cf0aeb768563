import type { Evidence, HarvestedRecord } from "#engines/harvest";
import type { OpportunityColumns } from "./opportunity-columns.ts";
import { classificationsIn, codeOf, type Classification } from "./values/classification.ts";

export interface FoundClassification {
  readonly classification: Classification;
  readonly evidence: readonly Evidence[];
}

interface Cell {
  readonly name: string;
  readonly evidence: Evidence;
  readonly isClassification: boolean;
}

/** The codes that any field of a record or of its own page names, each once, with the place it stands at. */
export function classificationsOf(record: HarvestedRecord, columns: OpportunityColumns): FoundClassification[] {
  const listed = Object.entries(record.evidence).map(([name, evidence]): Cell => {
    return { name, evidence, isClassification: columns.list.get("category")?.name === name };
  });
  const detailed = Object.entries(record.detail?.evidence ?? {}).flatMap(([name, places]) =>
    places.map((evidence): Cell => {
      return { name, evidence, isClassification: columns.detail.get("category")?.name === name };
    }),
  );
  const found = new Map<string, FoundClassification>();
  for (const { name, evidence, isClassification } of [...listed, ...detailed]) {
    if (evidence.attribute !== undefined) continue;
    for (const classification of classificationsIn(evidence.quote, name, isClassification)) {
      const code = codeOf(classification);
      if (!found.has(code)) found.set(code, { classification, evidence: [evidence] });
    }
  }
  return [...found.values()];
}
