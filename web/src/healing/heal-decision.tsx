import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/client.ts";
import type { HealComparison } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { useRunNow } from "../portals/portal-actions.ts";
import { useMay } from "../session/session-queries.ts";

type Verdict = "approve" | "reject";

/** Approve or reject what waits, take back what is in use, or who decided what. */
export function HealDecision({ heal }: { heal: HealComparison }) {
  const run = useRunNow();
  const { state, decision, portal } = heal;
  const mayDecide = useMay("operator");
  return (
    <section className={state === "waiting" ? "card card-warn" : "card"} aria-label="Decision">
      <h2>Decision</h2>
      {decision ? (
        <>
          <p>
            {SAID[state] ?? "Decided"} by {decision.by}, <RelativeTime at={decision.at} />
          </p>
          {decision.note !== null && <p>{decision.note}</p>}
        </>
      ) : state === "outdated" ? (
        <p className="muted">What was learnt has changed since. There is nothing left to decide.</p>
      ) : mayDecide ? (
        <VerdictForm heal={heal} />
      ) : (
        <p className="muted">{state === "waiting" ? "An operator decides this." : "It is in use."}</p>
      )}
      {mayDecide && state === "approved" && portal && (
        <div className="buttons">
          <Button variant="default" loading={run.isPending} onClick={() => run.mutate(portal.id)}>
            Run the portal now
          </Button>
        </div>
      )}
      {run.error && <FailureNote error={run.error} />}
    </section>
  );
}

const SAID: Readonly<Record<string, string>> = { approved: "Approved", rejected: "Rejected", undone: "Taken back" };

function VerdictForm({ heal: { id, state, hasProposal } }: { heal: HealComparison }) {
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const decide = useMutation({
    mutationFn: (verdict: Verdict) => {
      const said = note.trim();
      const call = { params: { path: { healId: id } }, body: said === "" ? {} : { note: said } };
      return answerOf(
        verdict === "approve"
          ? api.POST("/api/v1/heals/{healId}/approve", call)
          : api.POST("/api/v1/heals/{healId}/reject", call),
      );
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["heal", id] }),
        queries.invalidateQueries({ queryKey: ["heals"] }),
      ]),
  });
  const isWaiting = state === "waiting";
  return (
    <>
      <p className="muted">
        {!isWaiting
          ? "It is in use, because stored pages prove it. You can take it back."
          : hasProposal
            ? "Compare the records on both sides. Only your approval puts the new reading into use."
            : "Nothing that could be used was found. Correct the columns of the portal by hand, or run it again later."}
      </p>
      <Textarea
        label="Note"
        description="Kept with the decision."
        autosize
        minRows={2}
        maxLength={2_000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {decide.error && <FailureNote error={decide.error} />}
      <div className="buttons">
        {isWaiting && hasProposal && (
          <Button
            loading={decide.isPending && decide.variables === "approve"}
            disabled={decide.isPending}
            onClick={() => decide.mutate("approve")}
          >
            Approve
          </Button>
        )}
        <Button
          variant="default"
          loading={decide.isPending && decide.variables === "reject"}
          disabled={decide.isPending}
          onClick={() => decide.mutate("reject")}
        >
          {isWaiting ? "Reject" : "Take it back"}
        </Button>
      </div>
    </>
  );
}
