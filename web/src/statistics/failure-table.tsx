import type { Statistics } from "../api/resources.ts";
import { reasonInWords } from "./failure-words.ts";
import { DataTable } from "../elements/data-table.tsx";

/** The most frequent reasons, over all days. */
export function FailureTable({ failures }: { failures: Statistics["failures"] }) {
  return (
    <section className="card" aria-label="Why jobs failed">
      <h2>Why jobs failed</h2>
      <DataTable heads={["Reason", { name: "Jobs", is: "number" }]}>
        {failures.map(({ code, jobs }) => (
          <tr key={code}>
            <td>{reasonInWords(code)}</td>
            <td className="number">{jobs.toLocaleString()}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}
