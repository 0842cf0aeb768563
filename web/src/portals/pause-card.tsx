import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { useMay } from "../session/session-queries.ts";
import { usePause } from "./portal-actions.ts";

/** Who paused a portal and why; or the way to do so. */
export function PauseCard({ portal: { id, paused } }: { portal: Portal }) {
  const pause = usePause(id);
  const [reason, setReason] = useState("");
  const mayPause = useMay("operator");
  if (!paused && !mayPause) return null;
  return (
    <section className={paused ? "card card-warn" : "card"} aria-label="Pause">
      <h2>{paused ? "Paused" : "Pause"}</h2>
      {pause.error && <FailureNote error={pause.error} />}
      {paused ? (
        <>
          <p>{paused.reason}</p>
          <p className="muted">
            by {paused.by}, <RelativeTime at={paused.at} />
          </p>
          {mayPause && (
            <Button loading={pause.isPending} onClick={() => pause.mutate(null)}>
              Resume
            </Button>
          )}
        </>
      ) : (
        <form
          className="line-form"
          onSubmit={(event) => {
            event.preventDefault();
            pause.mutate(reason, { onSuccess: () => setReason("") });
          }}
        >
          <TextInput
            aria-label="Why it is paused"
            placeholder="Why"
            required
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={pause.isPending}>
            Pause
          </Button>
        </form>
      )}
    </section>
  );
}
