import { ActionIcon, Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { DataTable } from "../elements/data-table.tsx";
import { Icon } from "../elements/icon.tsx";
import { StateMark, type Look } from "../elements/mark.tsx";
import { WallHelp } from "../jobs/wall-help.tsx";
import { isUnderWay, nameOf, recipeIdOf, type BatchRow, type BatchState } from "./batch-entry.ts";
import type { ColumnMapping } from "./column-mapping.ts";
import { RecipeColumns } from "./recipe-columns.tsx";

const STATES: Readonly<Record<BatchState, Look>> = {
  waiting: { tone: "plain", icon: "jobs", name: "waiting" },
  learning: { tone: "busy", icon: "play", name: "learning" },
  learnt: { tone: "good", icon: "check", name: "learnt" },
  failed: { tone: "bad", icon: "close", name: "failed" },
  needs_person: { tone: "warn", icon: "people", name: "needs a person" },
  stopped: { tone: "plain", icon: "stop", name: "stopped" },
  watched: { tone: "good", icon: "star", name: "watched" },
};

interface RowActions {
  onTick: (row: BatchRow) => void;
  onStop: (row: BatchRow) => void;
  onRetry: (row: BatchRow) => void;
  onUnsaved: (row: BatchRow, isUnsaved: boolean) => void;
  /** Columns that were changed in one list are wanted in all; left out where there is only one. */
  onForAll: ((row: BatchRow, changes: ColumnMapping) => void) | undefined;
}

/** Every address of a batch: how far it is, why it failed, and the columns that were learnt of it. */
export function BatchTable({ rows, ...actions }: RowActions & { rows: readonly BatchRow[] }) {
  return (
    <DataTable
      heads={["Watch", "List", "State", { name: "Found", is: "number" }, { name: "Actions", is: "only-spoken" }]}
      className="batch-table"
    >
      {rows.map((row) => (
        <BatchLineRow key={row.line} row={row} {...actions} />
      ))}
    </DataTable>
  );
}

function BatchLineRow({ row, onTick, onStop, onRetry, onUnsaved, onForAll }: RowActions & { row: BatchRow }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const { state, reason, job } = row;
  const name = nameOf(row);
  const recipeId = recipeIdOf(row);
  const hasFailed = state === "failed" || state === "stopped";
  const canOpen = recipeId !== null || state === "needs_person";
  return (
    <>
      <tr>
        <td>
          <Checkbox
            size="xs"
            aria-label={`Watch ${name}`}
            checked={state === "watched" || (row.isTicked && !hasFailed)}
            disabled={state === "watched" || hasFailed}
            onChange={() => onTick(row)}
          />
        </td>
        <th scope="row" className="batch-name">
          {name}
          {name !== row.url && <div className="muted under">{row.url}</div>}
          {reason !== null && <p className="batch-reason">{reason}</p>}
        </th>
        <td>
          <StateMark look={STATES[state]} />
        </td>
        <td className="number">{recipeId === null ? "–" : job?.progress.opportunitiesFound}</td>
        <td>
          <div className="batch-actions">
            {canOpen && (
              <Button
                variant="default"
                size="compact-sm"
                aria-expanded={isOpen}
                aria-label={`${recipeId === null ? "Help with" : "Columns of"} ${name}`}
                onClick={() => {
                  setOpened(true);
                  setOpen(!isOpen);
                }}
              >
                {recipeId === null ? "Help" : "Columns"}
              </Button>
            )}
            <NextButtons row={row} name={name} onStop={onStop} onRetry={onRetry} />
          </div>
        </td>
      </tr>
      {wasOpened && canOpen && job && (
        // Hidden, not gone: what was typed and not saved stays.
        <tr className="batch-open" hidden={!isOpen}>
          <td colSpan={5}>
            {recipeId === null ? (
              <WallHelp job={job} />
            ) : (
              <RecipeColumns
                recipeId={recipeId}
                of={name}
                runId={job.run}
                onUnsaved={(isUnsaved) => onUnsaved(row, isUnsaved)}
                onForAll={onForAll && ((changes) => onForAll(row, changes))}
              />
            )}
          </td>
        </tr>
      )}
    </>
  );
}

/** Ends what is under way, or begins again what came to nothing. */
function NextButtons({ row, name, onStop, onRetry }: Pick<RowActions, "onStop" | "onRetry"> & NamedRow) {
  if (isUnderWay(row)) {
    return (
      <ActionIcon variant="subtle" aria-label={`Stop ${name}`} title="Stop" onClick={() => onStop(row)}>
        <Icon name="stop" />
      </ActionIcon>
    );
  }
  if (row.state !== "failed" && row.state !== "stopped") return null;
  return (
    <Button variant="default" size="compact-sm" aria-label={`Try again: ${name}`} onClick={() => onRetry(row)}>
      Try again
    </Button>
  );
}

interface NamedRow {
  row: BatchRow;
  name: string;
}
