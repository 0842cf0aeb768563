import { Button } from "@mantine/core";
import { useState } from "react";
import type { Subscription } from "../api/resources.ts";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Mark } from "../elements/mark.tsx";
import { QuestionDialog } from "../elements/question-dialog.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Allowed } from "../session/allowed.tsx";
import { LatestNotices } from "./latest-notices.tsx";
import { ChangeSubscriptionDialog } from "./change-subscription-dialog.tsx";
import { useSubscription } from "./subscription-queries.ts";
import { eventsInWords, filterInWords, pausedInWords, whenInWords } from "./subscription-words.ts";

interface CardProps {
  subscription: Subscription;
  nameOfPortal: (id: string) => string;
}

/** One subscription: what is told, when and where to, and what became of its last messages. */
export function SubscriptionCard({ subscription, nameOfPortal }: CardProps) {
  const { id, name, filter, events, channel, target, paused, nextDigestAt } = subscription;
  return (
    <section className="card" aria-label={name}>
      <div className="card-head">
        <h2>{name}</h2>
        {paused ? (
          <span className="muted">
            <Mark tone="warn" icon="pause">
              {pausedInWords(paused.by)}
            </Mark>{" "}
            <RelativeTime at={paused.at} />
          </span>
        ) : (
          <Mark tone="good" icon="check">
            active
          </Mark>
        )}
      </div>
      <FactList
        facts={[
          ["Which", filterInWords(filter, nameOfPortal)],
          ["What", eventsInWords(events)],
          ["When", whenInWords(subscription)],
          ["Next message", nextDigestAt && <RelativeTime at={nextDigestAt} />],
          [channel === "email" ? "To mail" : "To address", target],
          ["Last messages", <LatestNotices key={id} subscriptionId={id} />],
        ]}
      />
      <Allowed to="operator">
        <Actions subscription={subscription} nameOfPortal={nameOfPortal} />
      </Allowed>
    </section>
  );
}

function Actions({ subscription, nameOfPortal }: CardProps) {
  const { name, paused } = subscription;
  const { pause, remove, test } = useSubscription(subscription);
  const [dialog, setDialog] = useState<"change" | "remove" | null>(null);
  const close = () => setDialog(null);
  const error = pause.error ?? test.error;
  return (
    <>
      {error && <FailureNote error={error} />}
      <div className="buttons">
        <Button variant="default" aria-label={`Change ${name}`} onClick={() => setDialog("change")}>
          Change
        </Button>
        <Button
          variant="default"
          aria-label={`${paused ? "Resume" : "Pause"} ${name}`}
          loading={pause.isPending}
          leftSection={<Icon name={paused ? "play" : "pause"} size={14} />}
          onClick={() => pause.mutate()}
        >
          {paused ? "Resume" : "Pause"}
        </Button>
        <Button
          variant="default"
          aria-label={`Send a test to ${name}`}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send a test
        </Button>
        <Button
          variant="default"
          aria-label={`Delete ${name}`}
          leftSection={<Icon name="trash" size={14} />}
          onClick={() => setDialog("remove")}
        >
          Delete
        </Button>
      </div>
      {dialog === "change" && (
        <ChangeSubscriptionDialog subscription={subscription} nameOfPortal={nameOfPortal} onClose={close} />
      )}
      {dialog === "remove" && (
        <QuestionDialog
          title="Delete this subscription?"
          yes="Delete"
          no="Keep it"
          isPending={remove.isPending}
          error={remove.error}
          onYes={() => remove.mutate()}
          onNo={close}
        >
          “{name}” ends for good: nothing more is sent, and what was sent is forgotten. To stop it for a while, pause
          it.
        </QuestionDialog>
      )}
    </>
  );
}
