import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { AttentionItem } from "../api/resources.ts";
import { nameOfActor } from "../audit/audit-words.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { LinkButton } from "../elements/link-button.tsx";
import { Mark } from "../elements/mark.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Allowed } from "../session/allowed.tsx";
import { useWho } from "../session/session-queries.ts";
import { useMatter, type Resolution } from "./attention-queries.ts";

const KINDS: Readonly<Record<string, string>> = {
  "portal.wall": "A page that only a person may pass",
  "portal.heal": "A page that changed",
  "portal.paused": "A portal that was paused",
  "portal.shrunk": "A list that shrank",
  "portal.drift": "A page that moved away from what was learnt",
};

/** One matter: what it is, where to look, who is at it, and what was done about it. */
export function MatterCard({ matter }: { matter: AttentionItem }) {
  const { kind, reason, openedAt } = matter;
  return (
    <section className="card" aria-label={reason}>
      <div className="card-head">
        <h2>{KINDS[kind] ?? "Something to look at"}</h2>
        <Claimed matter={matter} />
        <span className="muted">
          waits since <RelativeTime at={openedAt} />
        </span>
      </div>
      <p className="matter-reason">{reason}</p>
      <div className="buttons">
        <Places matter={matter} />
      </div>
      <Allowed to="operator">
        <MatterActions matter={matter} />
      </Allowed>
    </section>
  );
}

function Claimed({ matter: { claimedBy } }: { matter: AttentionItem }) {
  const actor = useWho()?.actor;
  if (claimedBy === null) return <Mark tone="warn">open</Mark>;
  return <Mark tone="busy">{claimedBy === actor ? "yours" : `${nameOfActor(claimedBy)} is at it`}</Mark>;
}

/** Where there is more to see. */
function Places({ matter: { kind, details } }: { matter: AttentionItem }) {
  const jobId = text(details["jobId"]);
  const portalId = text(details["portalId"]);
  return (
    <>
      {kind === "portal.heal" && portalId !== "" && (
        <LinkButton variant="default" to="/healing" search={{ portalId, state: "waiting" }}>
          Compare before and after
        </LinkButton>
      )}
      {jobId !== "" && (
        <LinkButton variant="default" to="/jobs/$jobId" params={{ jobId }}>
          The job
        </LinkButton>
      )}
      {portalId !== "" && (
        <LinkButton variant="default" to="/portals/$portalId" params={{ portalId }}>
          The portal
        </LinkButton>
      )}
    </>
  );
}

function MatterActions({ matter }: { matter: AttentionItem }) {
  const actor = useWho()?.actor;
  const { claim, giveBack, resolve } = useMatter(matter);
  const [note, setNote] = useState("");
  const error = claim.error ?? giveBack.error ?? resolve.error;
  const isBusy = claim.isPending || giveBack.isPending || resolve.isPending;
  const waits = matter.kind === "portal.wall";
  const end = (outcome: Resolution["outcome"], unsaid: string) => (
    <Button
      key={outcome}
      variant={outcome === "give_up" ? "default" : "filled"}
      disabled={isBusy}
      onClick={() => resolve.mutate({ outcome, resolution: note.trim() === "" ? unsaid : note.trim() })}
    >
      {unsaid}
    </Button>
  );
  return (
    <div className="stack">
      {error && <FailureNote error={error} />}
      {matter.claimedBy === actor && (
        <Textarea
          label="What was done"
          description="Kept with the decision; may stay empty."
          autosize
          maxLength={2_000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
      )}
      <div className="buttons">
        {matter.claimedBy === null && (
          <Button disabled={isBusy} onClick={() => claim.mutate()}>
            I take this
          </Button>
        )}
        {matter.claimedBy === actor &&
          (waits
            ? [end("continue", "It is cleared, go on"), end("give_up", "Give this job up")]
            : end("none", "Dealt with"))}
        {matter.claimedBy !== null && (
          <Button variant="default" disabled={isBusy} onClick={() => giveBack.mutate()}>
            {matter.claimedBy === actor ? "Give it back" : "Free it for others"}
          </Button>
        )}
      </div>
    </div>
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
