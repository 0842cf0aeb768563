import { useQuery } from "@tanstack/react-query";
import type { SubscriptionNotice } from "../api/resources.ts";
import { Mark } from "../elements/mark.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { latestNotices } from "./subscription-queries.ts";
import { noticeInWords } from "./subscription-words.ts";

/** The last messages of a subscription, and whether they arrived. */
export function LatestNotices({ subscriptionId }: { subscriptionId: string }) {
  const { data: notices, error } = useQuery(latestNotices(subscriptionId));
  if (!notices) return <span className="muted">{error ? "They cannot be read now." : "…"}</span>;
  if (notices.length === 0) return <span className="muted">none yet</span>;
  return (
    <ul className="notices">
      {notices.map((notice) => (
        <li key={notice.id}>
          <span>{noticeInWords(notice)}</span>
          <span className="muted">
            <RelativeTime at={notice.createdAt} />
          </span>
          <DeliveryMark delivery={notice.delivery} />
        </li>
      ))}
    </ul>
  );
}

function DeliveryMark({ delivery: { state, attempts, lastError } }: Pick<SubscriptionNotice, "delivery">) {
  if (state === "delivered") {
    return (
      <Mark tone="good" icon="check">
        arrived
      </Mark>
    );
  }
  if (state === null) return <span className="muted">no longer known</span>;
  const isOver = state === "dead";
  const again = attempts === 0 ? "on its way" : `tried ${attempts === 1 ? "once" : `${attempts} times`}, tries again`;
  return (
    <>
      <Mark tone={isOver ? "bad" : "busy"} icon={isOver ? "close" : "jobs"}>
        {isOver ? "did not arrive" : again}
      </Mark>
      {lastError !== null && <span className="muted">{lastError}</span>}
    </>
  );
}
