import { Button } from "@mantine/core";
import { useState } from "react";
import type { Portal } from "../../api/resources.ts";
import { FailureNote } from "../../elements/failure-note.tsx";
import { QuestionDialog } from "../../elements/question-dialog.tsx";
import { useChangePortal, useDeletePortal } from "../portal-actions.ts";

/** What begins anew, and what ends: to learn the list once more, and to take a portal away that was never used. */
export function PortalEnds({ portal }: { portal: Portal }) {
  const change = useChangePortal(portal.id);
  const remove = useDeletePortal(portal.id);
  const [isAsking, setAsking] = useState(false);
  const isEmpty = portal.lastScrapedAt === null;
  return (
    <section className="card" aria-label="Begin anew, or end">
      <h2>Begin anew, or end</h2>
      {change.error && <FailureNote error={change.error} />}
      {portal.recipeId === null ? (
        <p className="muted">Nothing is learnt of its list. The next job learns it.</p>
      ) : (
        <>
          <p className="muted">
            Forgets which columns the list has, also those that were renamed. What was found stays. The next job learns
            the list as if for the first time.
          </p>
          <div className="buttons">
            <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ recipeId: null })}>
              Learn the list anew
            </Button>
          </div>
        </>
      )}
      {isEmpty ? (
        <div className="buttons">
          <Button variant="default" color="red" onClick={() => setAsking(true)}>
            Delete this portal
          </Button>
        </div>
      ) : (
        <p className="muted">
          Jobs have read it, and what they found is evidence: it cannot be deleted. Pause it, or switch off that it is
          looked at by itself.
        </p>
      )}
      {isAsking && (
        <QuestionDialog
          title="Delete this portal?"
          yes="Delete"
          no="Keep it"
          isPending={remove.isPending}
          error={remove.error}
          onYes={() => remove.mutate()}
          onNo={() => setAsking(false)}
        >
          “{portal.name}” and its settings are taken away for good.
        </QuestionDialog>
      )}
    </section>
  );
}
