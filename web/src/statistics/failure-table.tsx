import type { Statistics } from "../api/resources.ts";

/** The most frequent reasons, over all days. */
export function FailureTable({ failures }: { failures: Statistics["failures"] }) {
  return (
    <section className="card" aria-label="Why jobs failed">
      <h2>Why jobs failed</h2>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" className="number">
                Jobs
              </th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ code, jobs }) => (
              <tr key={code}>
                <td>{code.replaceAll("_", " ")}</td>
                <td className="number">{jobs.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
