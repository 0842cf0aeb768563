import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LogInReport, PortalLogIn } from "../api/resources.ts";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { LogInFields, NO_LOG_IN } from "./log-in-fields.tsx";
import { logInOf, useForgetLogIn, useSetLogIn, useTestLogIn } from "./log-in-queries.ts";

/** How the program signs in at a portal: given once, tried out, replaced, forgotten; never shown. */
export function LogInCard({ portalId }: { portalId: string }) {
  const { data: login, error, refetch } = useQuery(logInOf(portalId));
  const [isWriting, setWriting] = useState(false);
  return (
    <section className={login?.status === "refused" ? "card card-warn" : "card"} aria-label="Log-in">
      <h2>Log-in</h2>
      {error ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : login === undefined ? (
        <Waiting what="the log-in" />
      ) : isWriting ? (
        <LogInForm portalId={portalId} onDone={() => setWriting(false)} />
      ) : login === null ? (
        <>
          <p className="muted">Nothing is given. The portal is visited as a stranger.</p>
          <Button variant="default" onClick={() => setWriting(true)}>
            Give a log-in
          </Button>
        </>
      ) : (
        <KnownLogIn portalId={portalId} login={login} onReplace={() => setWriting(true)} />
      )}
    </section>
  );
}

function KnownLogIn({ portalId, login, onReplace }: { portalId: string; login: PortalLogIn; onReplace: () => void }) {
  const test = useTestLogIn(portalId);
  const forget = useForgetLogIn(portalId);
  return (
    <>
      <FactList
        facts={[
          ["User", login.usernameHint],
          ["One-time codes", login.hasCodes ? "yes" : "no"],
          ["State", STATES[login.status]],
          ["Signed in", <RelativeTime at={login.acceptedAt} none="not yet" />],
          ["Password goes to", login.origins.map((origin) => new URL(origin).host).join(", ")],
          ["Given", <RelativeTime at={login.updatedAt} />],
        ]}
      />
      {login.status === "refused" && (
        <p>The portal refused it. It is not tried again by itself; testing it is one more try.</p>
      )}
      <div className="buttons">
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Test the log-in
        </Button>
        <Button variant="subtle" onClick={onReplace}>
          Replace
        </Button>
        <Button variant="subtle" color="red" loading={forget.isPending} onClick={() => forget.mutate()}>
          Forget
        </Button>
      </div>
      {test.isPending && <p className="muted">Signing in. This may take a minute.</p>}
      {test.data && <Report report={test.data} />}
      {(test.error ?? forget.error) && <FailureNote error={test.error ?? forget.error} />}
    </>
  );
}

const STATES = { untried: "not tried yet", accepted: "accepted", refused: "refused" } as const;

function Report({ report: { outcome, message } }: { report: LogInReport }) {
  return (
    <div className={outcome === "signed_in" ? "card card-good" : "card card-warn"} role="status">
      {message}
    </div>
  );
}

function LogInForm({ portalId, onDone }: { portalId: string; onDone: () => void }) {
  const [draft, setDraft] = useState(NO_LOG_IN);
  const set = useSetLogIn(portalId);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(draft, { onSuccess: onDone });
      }}
    >
      <LogInFields value={draft} onChange={setDraft} />
      {set.error && <FailureNote error={set.error} />}
      <div className="buttons">
        <Button type="submit" loading={set.isPending}>
          Keep the log-in
        </Button>
        <Button variant="subtle" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
