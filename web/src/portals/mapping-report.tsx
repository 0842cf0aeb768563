import { nameOf, type BatchRow } from "./batch-entry.ts";
import { mappingInWords } from "./column-mapping.ts";
import type { BatchMapping, MappingOutcomes } from "./use-batch-mapping.ts";

interface ReportProps {
  rows: readonly BatchRow[];
  mapping: BatchMapping;
  outcomes: MappingOutcomes;
}

/** Which lists of a batch took the changed columns of one of them, and which did not and why. */
export function MappingReport({ rows, mapping: { from, changes }, outcomes }: ReportProps) {
  const model = rows.find(({ line }) => line === from);
  const told = rows.flatMap((row) => {
    const outcome = outcomes.get(row.line);
    return outcome === undefined ? [] : [{ row, outcome }];
  });
  const misfits = told.filter(({ outcome }) => outcome !== null);
  const taken = told.length - misfits.length;
  return (
    <section
      className={misfits.length > 0 ? "card card-warn" : "card"}
      role="status"
      aria-label="Columns for all lists"
    >
      <h2>
        Columns as in {model ? nameOf(model) : "one list"}: {counted(taken, "other list has", "other lists have")} them
        {misfits.length > 0 && `, ${misfits.length} ${misfits.length === 1 ? "has" : "have"} not`}
      </h2>
      <p>{mappingInWords(changes)}. Lists that are learnt later get them too.</p>
      {misfits.length > 0 && (
        <>
          <p>These stay as they are. Look at their columns one by one:</p>
          <ul className="plain-list batch-faults">
            {misfits.map(({ row, outcome }) => (
              <li key={row.line}>
                {nameOf(row)}: {outcome}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
