import { Button, Modal } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf, api, done } from "../api/client.ts";
import type { OwnSession } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Mark } from "../elements/mark.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";

const ownSessions = queryOptions({
  queryKey: ["session", "all"],
  queryFn: async ({ signal }) => (await answerOf(api.GET("/api/v1/session/all", { signal }))).items,
});

/** Ends one session, or, where none is named, all but this one. */
function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string | null) =>
      sessionId === null
        ? done(api.DELETE("/api/v1/session/all"))
        : done(api.DELETE("/api/v1/session/all/{sessionId}", { params: { path: { sessionId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ownSessions.queryKey }),
  });
}

/** Every browser where a person is signed in: what they do not know, they sign out. */
export function OwnSessionsDialog({ onClose }: { onClose: () => void }) {
  const { data: sessions, error, refetch } = useQuery(ownSessions);
  const end = useEndSession();
  const others = sessions?.filter(({ isThis }) => !isThis) ?? [];
  return (
    <Modal opened onClose={onClose} size="lg" title="Where you are signed in">
      {error && !sessions ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !sessions ? (
        <Waiting what="where you are signed in" />
      ) : (
        <div className="stack">
          {end.error && <FailureNote error={end.error} />}
          <SessionTable sessions={sessions} isBusy={end.isPending} onEnd={(id) => end.mutate(id)} />
          {others.length === 0 ? (
            <p className="muted">You are signed in nowhere else.</p>
          ) : (
            <p className="muted">If you do not know one of them, sign it out and change your password.</p>
          )}
          <div className="buttons">
            {others.length > 0 && (
              <Button loading={end.isPending} onClick={() => end.mutate(null)}>
                Sign out everywhere else
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

interface TableProps {
  sessions: readonly OwnSession[];
  isBusy: boolean;
  onEnd: (sessionId: string) => void;
}

function SessionTable({ sessions, isBusy, onEnd }: TableProps) {
  return (
    <DataTable
      heads={["Network", "Signed in", "Last used", { name: "What can be done", is: "only-spoken" }]}
      name="Table of sessions"
    >
      {sessions.map(({ id, address, startedAt, seenAt, isThis }) => (
        <tr key={id}>
          <th scope="row">{address}</th>
          <td>
            <RelativeTime at={startedAt} />
          </td>
          <td>
            <RelativeTime at={seenAt} />
          </td>
          <td>
            {isThis ? (
              <Mark tone="good">this browser</Mark>
            ) : (
              <Button
                variant="default"
                size="compact-sm"
                disabled={isBusy}
                aria-label={`Sign out ${address}`}
                onClick={() => onEnd(id)}
              >
                Sign out
              </Button>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
