import type { Statistics } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";

/** The most frequent reasons, over all days. */
export function FailureTable({ failures }: { failures: Statistics["failures"] }) {
  return (
    <section className="card" aria-label="Why jobs failed">
      <h2>Why jobs failed</h2>
      <DataTable heads={["Reason", { name: "Jobs", is: "number" }]}>
        {failures.map(({ code, jobs }) => (
          <tr key={code}>
            <td>{code.replaceAll("_", " ")}</td>
            <td className="number">{jobs.toLocaleString()}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}
