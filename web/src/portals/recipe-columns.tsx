import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import type { RecipeVersion } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { mappingOf, type ColumnMapping } from "./column-mapping.ts";
import { columnsOf, withWishes, type ColumnWishes, type RecipeColumn } from "./recipe-column.ts";
import { useMay } from "../session/session-queries.ts";
import { keepRecipe, recipeInUse, sampleOf } from "./recipe-queries.ts";

/** Names under which a column fills a field of an opportunity. */
const KNOWN_NAMES = [
  "title",
  "reference",
  "closing_date",
  "posted_date",
  "status",
  "agency",
  "department",
  "category",
  "estimated_value",
  "description",
  "contact_name",
  "contact_email",
  "contact_phone",
  "detail_url",
];

interface ColumnsProps {
  recipeId: string;
  /** Of which list, where several stand on one screen. */
  of?: string;
  /** A run of the recipe, for examples. */
  runId: string | null;
  /** Told whether there are changes that leaving would lose. */
  onUnsaved?: (isUnsaved: boolean) => void;
  /** Told what was saved for this list and is wanted for others too; left out, there are no others. */
  onForAll?: ((changes: ColumnMapping) => void) | undefined;
}

/** What was learnt of a list, to be read, renamed and dropped. A change is a new version; the next job uses it. */
export function RecipeColumns({ recipeId, of, runId, onUnsaved = () => undefined, onForAll }: ColumnsProps) {
  const { data, error, refetch } = useQuery(recipeInUse(recipeId));
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  return (
    <section className="card" aria-label={of === undefined ? "Columns" : `Columns of ${of}`}>
      <h2>Columns</h2>
      {data ? (
        <ColumnForm key={data.version} stored={data} runId={runId} onUnsaved={onUnsaved} onForAll={onForAll} />
      ) : (
        <Waiting what="the recipe" />
      )}
    </section>
  );
}

interface FormProps
  extends Required<Omit<ColumnsProps, "recipeId" | "of" | "onForAll">>, Pick<ColumnsProps, "onForAll"> {
  stored: RecipeVersion;
}

function ColumnForm({ stored, runId, onUnsaved, onForAll }: FormProps) {
  const queries = useQueryClient();
  const { data: sample = {} } = useQuery({ ...sampleOf(runId ?? ""), enabled: runId !== null });
  const [wishes, setWishes] = useState<ColumnWishes>(new Map());
  const form = useRef<HTMLFormElement>(null);
  const knownNames = useId();
  const mayChange = useMay("operator");
  const columns = columnsOf(stored.recipe);
  const changes = mappingOf(columns, wishes);
  const changed = changes.length;
  const save = useMutation({
    mutationFn: (_isForAll: boolean) => keepRecipe(queries, stored.id, withWishes(stored.recipe, wishes)),
    // The new version is another form: what is only told to this one would not be heard.
    onSuccess: (_version, isForAll) => {
      onUnsaved(false);
      if (isForAll) onForAll?.(changes);
    },
  });
  const wish = (name: string, wanted: string | null) => {
    const next = new Map(wishes).set(name, wanted);
    setWishes(next);
    onUnsaved(mappingOf(columns, next).length > 0);
  };
  return (
    <form
      ref={form}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(false);
      }}
    >
      <p className="muted">
        Version {stored.version}, {stored.origin} <RelativeTime at={stored.createdAt} />
      </p>
      <fieldset className="plain-fieldset" disabled={!mayChange}>
        <DataTable heads={["Keep", "Name", "Kind", "Found", "Example"]}>
          {columns.map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              wish={wishes.get(column.name)}
              example={sample[column.name]}
              knownNames={knownNames}
              onWish={wish}
            />
          ))}
        </DataTable>
      </fieldset>
      <datalist id={knownNames}>
        {KNOWN_NAMES.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {save.error && <FailureNote error={save.error} />}
      {mayChange && (
        <div className="buttons">
          <Button type="submit" disabled={changed === 0} loading={save.isPending}>
            {changed === 0 ? "No changes" : `Save ${changed} ${changed === 1 ? "change" : "changes"} as a new version`}
          </Button>
          {onForAll && changed > 0 && (
            <Button
              variant="default"
              disabled={save.isPending}
              onClick={() => {
                if (form.current?.reportValidity() === true) save.mutate(true);
              }}
            >
              Save for all lists with these columns
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

interface RowProps {
  column: RecipeColumn;
  /** Undefined: as it is; null: dropped. */
  wish: string | null | undefined;
  example: string | undefined;
  /** The list of names to choose from. */
  knownNames: string;
  onWish: (name: string, wanted: string | null) => void;
}

function ColumnRow({ column: { name, type, place }, wish, example, knownNames, onWish }: RowProps) {
  const isKept = wish !== null;
  return (
    <tr className={isKept ? "" : "dropped"}>
      <td>
        <Checkbox
          size="xs"
          aria-label={`Keep ${name}`}
          checked={isKept}
          onChange={() => onWish(name, isKept ? null : name)}
        />
      </td>
      <td>
        <TextInput
          className="column-name"
          aria-label={`Name of ${name}`}
          list={knownNames}
          required
          maxLength={200}
          disabled={!isKept}
          value={wish ?? name}
          onChange={({ currentTarget }) => onWish(name, currentTarget.value)}
        />
      </td>
      <td>{type}</td>
      <td className="wide">
        <span title={place}>{place}</span>
      </td>
      <td className="wide">
        <span title={example}>{example ?? <span className="muted">–</span>}</span>
      </td>
    </tr>
  );
}
