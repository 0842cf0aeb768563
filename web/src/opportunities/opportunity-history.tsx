import { useQuery } from "@tanstack/react-query";
import type { OpportunityEvent } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { labelOf } from "./evidence-field.ts";
import { opportunityHistory } from "./opportunity-queries.ts";

const NAMES: Readonly<Record<OpportunityEvent["kind"], string>> = {
  first_seen: "First seen",
  changed: "Changed",
  deadline_amended: "Deadline moved",
  reread: "Read otherwise",
  vanished: "Gone from its list",
  returned: "Back in its list",
  accepted: "Accepted",
  corrected: "Corrected",
  correction_withdrawn: "Correction taken back",
  rejected: "Rejected",
  link_confirmed: "Confirmed as the same tender",
  link_split: "Told apart from another entry",
};

/** What happened to an opportunity, newest on top: each change with the old and the new words. */
export function OpportunityHistory({ opportunityId }: { opportunityId: string }) {
  const { data, error, refetch } = useQuery(opportunityHistory(opportunityId));
  return (
    <section aria-label="History">
      <h3 className="panel-subhead">History</h3>
      {error && !data ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Waiting what="the history" />
      ) : (
        <ol className="change-list">
          {data.items.map((event) => (
            <li key={event.id} className={event.kind === "deadline_amended" ? "change change-deadline" : "change"}>
              <Change event={event} />
            </li>
          ))}
        </ol>
      )}
      {data?.nextCursor && <p className="muted">Only the newest {data.items.length} are shown.</p>}
    </section>
  );
}

function Change({ event: { kind, field, before, after, at, actor, note } }: { event: OpportunityEvent }) {
  return (
    <>
      <div className="change-head">
        <strong>{NAMES[kind]}</strong>
        {field !== null && kind !== "deadline_amended" && <span>{labelOf(field)}</span>}
        <span className="muted">
          {actor !== null && `by ${actor}, `}
          <RelativeTime at={at} />
        </span>
      </div>
      {before && after && (
        <div className="change-values">
          <Side state={before} name="Before" />
          <Side state={after} name="After" />
        </div>
      )}
      {note !== null && kind !== "link_confirmed" && kind !== "link_split" && <p className="muted">“{note}”</p>}
    </>
  );
}

function Side({ state: { value, quote }, name }: { state: NonNullable<OpportunityEvent["before"]>; name: string }) {
  const text = shown(value);
  return (
    <div>
      <span className="muted">{name}</span>
      <p>{text ?? <span className="muted">nothing</span>}</p>
      {quote !== null && text !== null && quote !== text && <p className="muted">on the page: “{quote}”</p>}
    </div>
  );
}

/** Lists say how many they are; they are shown above. */
function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 1 ? "1 entry" : `${value.length} entries`;
  return String(value);
}
