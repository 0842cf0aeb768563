import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { nameOfActor } from "../audit/audit-words.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Mark } from "../elements/mark.tsx";
import { useNow } from "../elements/now.ts";
import { QuestionDialog } from "../elements/question-dialog.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { useShortcuts } from "../shortcuts.ts";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { allKeys, keyState, useRevokeKey } from "./key-queries.ts";

/** Keys of programs: which there are, what they may do, and when they were used. */
export function KeyListScreen() {
  const { data: keys, error, refetch } = useQuery(allKeys);
  const now = useNow();
  const [isMaking, setMaking] = useState(false);
  const [hasEnded, setEnded] = useState(false);
  const active = keys?.filter((key) => keyState(key, now) === "active") ?? [];
  const shown = hasEnded ? keys : active;
  useShortcuts({ n: () => setMaking(true) });
  return (
    <Screen
      title="API keys"
      beside={active.length > 0 && <span className="muted">{active.length}</span>}
      actions={
        <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)}>
          Make a key
        </Button>
      }
    >
      {error && !keys ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !keys || !shown ? (
        <Waiting what="keys" />
      ) : (
        <>
          {keys.length > active.length && (
            <Switch
              label={`Show also those that ended (${keys.length - active.length})`}
              checked={hasEnded}
              onChange={({ currentTarget }) => setEnded(currentTarget.checked)}
            />
          )}
          {shown.length > 0 ? (
            <KeyTable keys={shown} now={now} />
          ) : (
            <EmptyState title="No program has a key.">
              <p>
                A program that asks Gleaner for something, or gives it work, needs a key of its own. Make one, and give
                it to the program: it is shown once.
              </p>
            </EmptyState>
          )}
        </>
      )}
      {isMaking && <CreateKeyDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function KeyTable({ keys, now }: { keys: readonly ApiKey[]; now: number }) {
  const [asked, setAsked] = useState<ApiKey | null>(null);
  const revoke = useRevokeKey();
  return (
    <>
      <DataTable
        heads={[
          "Name",
          "Begins with",
          "Role",
          "State",
          "Last used",
          "Ends",
          "Made",
          { name: "What can be done", is: "only-spoken" },
        ]}
        name="Table of keys"
      >
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} now={now} onRevoke={() => setAsked(key)} />
        ))}
      </DataTable>
      {asked && (
        <QuestionDialog
          title="Revoke this key?"
          yes="Revoke it"
          no="Keep it"
          isPending={revoke.isPending}
          error={revoke.error}
          onYes={() => revoke.mutate(asked.id, { onSuccess: () => setAsked(null) })}
          onNo={() => setAsked(null)}
        >
          What uses “{asked.name}” is refused from then on. This cannot be taken back.
        </QuestionDialog>
      )}
    </>
  );
}

function KeyRow({ apiKey, now, onRevoke }: { apiKey: ApiKey; now: number; onRevoke: () => void }) {
  const { name, prefix, role, createdBy, createdAt, expiresAt, lastUsedAt } = apiKey;
  const state = keyState(apiKey, now);
  return (
    <tr>
      <th scope="row" className="wide" title={name}>
        {name}
      </th>
      <td>
        <code>{prefix}…</code>
      </td>
      <td>{role}</td>
      <td>
        <Mark tone={state === "active" ? "good" : "plain"}>{state}</Mark>
      </td>
      <td>
        <RelativeTime at={lastUsedAt} none="never" />
      </td>
      <td>
        <RelativeTime at={expiresAt} none="when revoked" />
      </td>
      <td>
        <RelativeTime at={createdAt} /> <span className="muted">by {nameOfActor(createdBy)}</span>
      </td>
      <td>
        {state === "active" && (
          <Button variant="default" onClick={onRevoke} aria-label={`Revoke ${name}`}>
            Revoke
          </Button>
        )}
      </td>
    </tr>
  );
}
