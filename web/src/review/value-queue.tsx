import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { FieldEvidence } from "../opportunities/field-evidence.tsx";
import { opportunityDetail, opportunityPages } from "../opportunities/opportunity-queries.ts";
import { useReview } from "../opportunities/review-actions.ts";
import { useShortcuts } from "../shortcuts.ts";
import { moreOf } from "../api/more-pages.ts";
import { useMay } from "../session/session-queries.ts";
import { QueueList } from "./queue-list.tsx";
import { useQueuePlace } from "./queue-place.ts";
import { Allowed } from "../session/allowed.tsx";

const route = getRouteApi("/shell/review");

/** Opportunities that are not sure, the least sure first; and the one that is looked at, with the stored page. */
export function ValueQueue() {
  const { at, field } = route.useSearch();
  const navigate = route.useNavigate();
  const queue = useInfiniteQuery(opportunityPages({ review: "waiting", sort: "confidence" }));
  const rows = queue.data?.pages.flatMap(({ items }) => items) ?? [];
  const go = (id: string) => void navigate({ search: { at: id }, replace: true });
  const { id, place, next, previous } = useQueuePlace({ ids: rows.map((row) => row.id), at, go });
  const mayDecide = useMay("operator");
  const review = useReview();
  const decide = (decision: "accept" | "reject") => {
    if (id !== undefined && !review.isPending) review.mutate({ opportunityId: id, decision });
  };
  useShortcuts({
    j: next,
    k: previous,
    ...(mayDecide
      ? {
          a: () => decide("accept"),
          x: () => decide("reject"),
          c: () => document.getElementById("correct-value")?.click(),
        }
      : {}),
  });
  if (queue.error && rows.length === 0) return <FailureNote error={queue.error} onRetry={() => void queue.refetch()} />;
  if (queue.isPending) return <Waiting what="what waits for a person" />;
  if (id === undefined) {
    return (
      <EmptyState title="Nothing waits for you here.">
        <p>Gleaner is sure of all that it found, or somebody has looked at it.</p>
      </EmptyState>
    );
  }
  return (
    <div className="split split-review">
      <QueueList
        label="Waiting"
        entries={rows.map((row) => ({
          id: row.id,
          title: row.title,
          beside: `${Math.round(row.confidence * 100)} %`,
          below: row.review.reasons[0] ?? "",
        }))}
        place={place}
        onGo={go}
        onMore={moreOf(queue)}
        isReading={queue.isFetchingNextPage}
        error={queue.error}
      />
      <section className="panel" aria-label="Looked at">
        <Looked
          opportunityId={id}
          field={field}
          onField={(name) => void navigate({ search: { at: id, field: name }, replace: true })}
        >
          {review.error && <FailureNote error={review.error} />}
          <Allowed to="operator">
            <div className="buttons">
              <Button
                leftSection={<Icon name="check" size={14} />}
                loading={review.isPending}
                onClick={() => decide("accept")}
              >
                Accept as it is
              </Button>
              <Button variant="default" loading={review.isPending} onClick={() => decide("reject")}>
                Reject: no tender
              </Button>
            </div>
          </Allowed>
        </Looked>
      </section>
    </div>
  );
}

interface LookedProps {
  opportunityId: string;
  field: string | undefined;
  onField: (field: string) => void;
  children: React.ReactNode;
}

/** Why a person is asked, what can be decided, and the value with its place in the page. */
function Looked({ opportunityId, field, onField, children }: LookedProps) {
  const { data, error, refetch } = useQuery(opportunityDetail(opportunityId));
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting what="the opportunity" />;
  return (
    <>
      <h2>{data.title}</h2>
      <ul className="reason-list">
        {data.review.reasons.map((reason) => (
          <li key={reason} className="reason-against">
            {reason}
          </li>
        ))}
      </ul>
      {children}
      <FieldEvidence opportunity={data} field={field ?? firstDoubt(data)} onField={onField} />
    </>
  );
}

interface Doubted {
  unclear: readonly { field: string; reason: string }[];
  fieldConfidence: Readonly<Record<string, number>>;
}

/** The value to look at first: what was left open, else what is least sure. */
function firstDoubt({ unclear, fieldConfidence }: Doubted): string {
  const open = unclear.find(({ reason }) => reason !== "time_zone");
  const [least] = Object.entries(fieldConfidence).sort(([, a], [, b]) => a - b);
  return open?.field ?? least?.[0] ?? "title";
}
