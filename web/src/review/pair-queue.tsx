import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Opportunity, OpportunityLink } from "../api/resources.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { fieldsOf } from "../opportunities/evidence-field.ts";
import { ReasonList } from "../opportunities/like-entries.tsx";
import { undecidedLinks } from "../opportunities/opportunity-queries.ts";
import { useDecideLink } from "../opportunities/review-actions.ts";
import { useShortcuts } from "../shortcuts.ts";
import { moreOf } from "../api/more-pages.ts";
import { usePortalNames } from "../portals/portal-names.ts";
import { useMay } from "../session/session-queries.ts";
import { QueueList } from "./queue-list.tsx";
import { useQueuePlace } from "./queue-place.ts";
import { Allowed } from "../session/allowed.tsx";

const route = getRouteApi("/shell/review");
const COMPARED = ["referenceNumber", "closingDate", "postedDate", "agency", "department", "estimatedValue", "status"];

/** Pairs that may be one tender, the least sure first; and the two that are compared. */
export function PairQueue() {
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const mayDecide = useMay("operator");
  const nameOfPortal = usePortalNames();
  const queue = useInfiniteQuery(undecidedLinks);
  const { data, error, refetch, isPending } = queue;
  const pairs = data?.pages.flatMap(({ items }) => items) ?? [];
  const go = (id: string) => void navigate({ search: { of: "pairs", at: id }, replace: true });
  const { id, place, next, previous } = useQueuePlace({ ids: pairs.map((pair) => pair.id), at, go });
  const decide = useDecideLink();
  const say = (state: "confirmed" | "split") => {
    if (id !== undefined && !decide.isPending) decide.mutate({ linkId: id, state });
  };
  useShortcuts({
    j: next,
    k: previous,
    ...(mayDecide ? { a: () => say("confirmed"), x: () => say("split") } : {}),
  });
  const looked = pairs[place];
  if (error && !data) return <FailureNote error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Waiting what="pairs" />;
  if (!looked) {
    return (
      <EmptyState title="No pair waits for you.">
        <p>Entries of several portals that may be the same tender appear here, with what speaks for it and against.</p>
      </EmptyState>
    );
  }
  return (
    <div className="split split-review">
      <QueueList
        label="Pairs"
        entries={pairs.map(({ id: linkId, confidence, entries }) => ({
          id: linkId,
          title: entries[0]?.title ?? "",
          beside: `${Math.min(99, Math.round(confidence * 100))} %`,
          below: entries.map(({ portalId }) => nameOfPortal(portalId)).join(" and "),
        }))}
        place={place}
        onGo={go}
        onMore={moreOf(queue)}
        isReading={queue.isFetchingNextPage}
        error={queue.error}
      />
      <section className="panel" aria-label="Compared">
        <Compared link={looked} entries={looked.entries} />
        {decide.error && <FailureNote error={decide.error} />}
        <Allowed to="operator">
          <div className="buttons">
            <Button loading={decide.isPending} onClick={() => say("confirmed")}>
              It is the same tender
            </Button>
            <Button variant="default" loading={decide.isPending} onClick={() => say("split")}>
              These are two tenders
            </Button>
          </div>
        </Allowed>
      </section>
    </div>
  );
}

function Compared({ link, entries }: { link: OpportunityLink; entries: readonly Opportunity[] }) {
  const nameOfPortal = usePortalNames();
  return (
    <>
      <h2>Are these the same tender?</h2>
      <ReasonList reasons={link.reasons} />
      <div className="table-frame compared">
        <table>
          <thead>
            <tr>
              <td />
              {entries.map((entry) => (
                <th key={entry.id} scope="col">
                  <Link to="/opportunities" search={{ open: entry.id, field: "title" }}>
                    {entry.title}
                  </Link>{" "}
                  <span className="muted">on {nameOfPortal(entry.portalId)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {COMPARED.map((name) => (
              <Line key={name} name={name} entries={entries} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ name, entries }: { name: string; entries: readonly Opportunity[] }) {
  const fields = entries.map((entry) => fieldsOf(entry).find((field) => field.name === name));
  const label = fields.find((field) => field !== undefined)?.label;
  if (label === undefined) return null;
  return (
    <tr>
      <th scope="row">{label}</th>
      {fields.map((field, at) => (
        <td key={at}>{field?.correction?.shown ?? field?.value ?? <span className="muted">–</span>}</td>
      ))}
    </tr>
  );
}
