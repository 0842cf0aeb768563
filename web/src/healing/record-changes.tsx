import { Select } from "@mantine/core";
import { useState } from "react";
import type { HealComparison } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";

type Sample = HealComparison["sample"];

/** The same record as it was known and as it would be read now, column beside column. */
export function RecordChanges({ fields, sample }: { fields: readonly string[]; sample: Sample }) {
  const [chosen, setChosen] = useState("0");
  const record = sample[Number(chosen)];
  return (
    <section className="card" aria-label="Records before and after">
      <header className="card-head">
        <h2>Records before and after</h2>
        {sample.length > 1 && (
          <Select
            aria-label="Record"
            allowDeselect={false}
            data={sample.map((one, at) => ({ value: String(at), label: nameOf(one, at) }))}
            value={chosen}
            onChange={(value) => setChosen(value ?? "0")}
          />
        )}
      </header>
      {record ? (
        <RecordTable fields={fields} record={record} />
      ) : (
        <p className="muted">No record is stored to compare: the pages of earlier runs are gone, or hold none.</p>
      )}
    </section>
  );
}

function RecordTable({ fields, record }: { fields: readonly string[]; record: Sample[number] }) {
  const { before, after } = record;
  return (
    <>
      {!before && <p className="muted">This record was not known before.</p>}
      {!after && <p className="muted">This record was not found on the changed page.</p>}
      <DataTable heads={["Column", "Before", "Now"]} className="diff-table">
        {fields.map((name) => (
          <ValueRow key={name} name={name} before={before?.[name]} after={after?.[name]} />
        ))}
      </DataTable>
    </>
  );
}

function ValueRow({ name, before, after }: { name: string; before: string | undefined; after: string | undefined }) {
  const isSame = before === after;
  return (
    <tr className={isSame ? "" : "diff-row"}>
      <th scope="row">{name}</th>
      <td>{before === undefined ? <span className="muted">–</span> : isSame ? before : <del>{before}</del>}</td>
      <td>{after === undefined ? <span className="muted">–</span> : isSame ? after : <ins>{after}</ins>}</td>
    </tr>
  );
}

function nameOf({ before, after }: Sample[number], at: number): string {
  const values = Object.values(after ?? before ?? {}).filter((value) => !URL.canParse(value));
  const longest = values.reduce((best, value) => (value.length > best.length ? value : best), "");
  return `${at + 1}. ${longest.slice(0, 60)}`;
}
