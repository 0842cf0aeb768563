import type { HealComparison } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { Mark, type Tone } from "../elements/mark.tsx";

type Field = HealComparison["fields"][number];

const CHANGES: Readonly<Record<Field["change"], { tone: Tone; name: string }>> = {
  same: { tone: "plain", name: "same" },
  moved: { tone: "busy", name: "moved" },
  lost: { tone: "bad", name: "lost" },
  new: { tone: "good", name: "new" },
};

/** Where each column was looked for, and where it is now. */
export function FieldChanges({ fields, hasProposal }: { fields: readonly Field[]; hasProposal: boolean }) {
  return (
    <section className="card" aria-label="Columns">
      <h2>Columns</h2>
      {!hasProposal && <p className="muted">Nothing was found that could take their place.</p>}
      <DataTable heads={["Column", "Change", "Found before", "Found now"]} className="diff-table">
        {fields.map(({ name, change, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Mark tone={CHANGES[change].tone}>{CHANGES[change].name}</Mark>
            </td>
            <td>
              <Places side={before} />
            </td>
            <td>
              <Places side={after} />
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}

function Places({ side }: { side: Field["before"] }) {
  if (!side) return <span className="muted">–</span>;
  const [first, ...others] = side.places;
  return (
    <span className="diff-place" title={[first, ...others].join("\n")}>
      {first}
      {others.length > 0 && <span className="muted"> and {others.length} more</span>}
    </span>
  );
}
