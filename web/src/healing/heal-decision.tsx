import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/client.ts";
import type { HealComparison } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { NextSteps } from "./next-steps.tsx";
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
        <p className="muted">What was learnt has changed since. There is nothing left to decide, and nothing to do.</p>
      ) : mayDecide ? (
        <VerdictForm heal={heal} />
      ) : (
        <p className="muted">{state === "waiting" ? "An operator decides this." : "It is in use."}</p>
      )}
      {decision && <p className="muted">{AFTERWARDS[state]}</p>}
      {mayDecide && portal && state !== "healed" && state !== "outdated" && (
        <div className="buttons">
          <Button variant="default" loading={run.isPending} onClick={() => run.mutate(portal.id)}>
            {state === "waiting" ? "Run the portal now and watch it live" : "Run the portal now"}
          </Button>
        </div>
      )}
      {run.error && <FailureNote error={run.error} />}
    </section>
  );
}

/** What becomes of it from now on. */
const AFTERWARDS: Readonly<Record<string, string>> = {
  approved: "The next job reads the page the new way. It need not wait: run the portal now.",
  rejected: "Jobs go on reading the page the old way, and say what they miss.",
  undone: "Jobs read the page the old way again. This change is not used again unless somebody approves it.",
};

const SAID: Readonly<Record<string, string>> = { approved: "Approved", rejected: "Rejected", undone: "Taken back" };

function VerdictForm({ heal }: { heal: HealComparison }) {
  const { id, state, hasProposal } = heal;
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
      <NextSteps heal={heal} />
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
