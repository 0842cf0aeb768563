import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { LinkButton } from "../elements/link-button.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { Allowed } from "../session/allowed.tsx";
import { useShortcuts } from "../shortcuts.ts";
import { EvidencePanel } from "./evidence-panel.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { opportunityPages } from "./opportunity-queries.ts";
import { isNarrowed, queryOf, viewOf, type OpportunitySearch } from "./opportunity-search.ts";
import { OpportunityTable } from "./opportunity-table.tsx";
import { ViewMenu } from "./view-menu.tsx";

const route = getRouteApi("/shell/opportunities");

/** All that was found, and for each value where it stands. What is shown is in the address, so a list can be sent to somebody. */
export function OpportunityScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useMemo(() => queryOf(search, Date.now()), [search]);
  const pages = useInfiniteQuery(opportunityPages(query));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error, isPending, refetch, isFetchNextPageError } =
    pages;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const go = useCallback(
    (change: OpportunitySearch, replace = false) =>
      void navigate({ search: (old) => ({ ...viewOf(old), ...change }), replace }),
    [navigate],
  );
  const show = (view: OpportunitySearch) => void navigate({ search: view });
  const close = useCallback(() => go({}), [go]);
  const isBroken = isFetchNextPageError && !isFetchingNextPage;
  const onNearEnd = useCallback(
    () => void (isFetchingNextPage || isBroken || fetchNextPage()),
    [isFetchingNextPage, isBroken, fetchNextPage],
  );
  useShortcuts({
    "/": () => document.getElementById("opportunity-search")?.focus(),
    ...(search.open === undefined ? {} : { Escape: close }),
  });

  return (
    <Screen
      title="Opportunities"
      fill
      beside={rows.length > 0 && <CountText count={rows.length} hasMore={hasNextPage} />}
      actions={
        <>
          <ViewMenu search={search} onShow={show} />
          <Allowed to="operator">
            <LinkButton
              variant="default"
              leftSection={<Icon name="bell" size={14} />}
              to="/subscriptions"
              search={{ add: true, of: viewOf(search) }}
            >
              Subscribe
            </LinkButton>
          </Allowed>
          <ExportMenu query={query} />
        </>
      }
    >
      <FilterBar search={search} onChange={(change) => void navigate({ search: () => change, replace: true })} />
      {isBroken && <FailureNote error={error} onRetry={() => void fetchNextPage()} />}
      <div className={search.open === undefined ? "split" : "split split-open"}>
        <div className="split-main">
          {error && rows.length === 0 ? (
            <FailureNote error={error} onRetry={() => void refetch()} />
          ) : isPending ? (
            <Waiting what="opportunities" />
          ) : rows.length === 0 ? (
            <NothingFound isNarrowed={isNarrowed(search)} onClear={() => show({})} />
          ) : (
            <OpportunityTable
              rows={rows}
              hasMore={hasNextPage}
              onNearEnd={onNearEnd}
              sort={query.sort ?? "-firstSeen"}
              onSort={(sort) => go({ sort })}
              open={search.open === undefined ? null : { id: search.open, field: search.field ?? "title" }}
              onOpen={(open, field) => go({ open, field })}
            />
          )}
        </div>
        {search.open !== undefined && (
          <EvidencePanel
            opportunityId={search.open}
            field={search.field ?? "title"}
            onField={(field) => go({ open: search.open ?? "", field }, true)}
            onClose={close}
          />
        )}
      </div>
    </Screen>
  );
}

function CountText({ count, hasMore }: { count: number; hasMore: boolean }) {
  return (
    <span className="muted" role="status">
      {hasMore ? `the first ${count.toLocaleString("en")}` : count.toLocaleString("en")}
    </span>
  );
}

function NothingFound({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  if (isNarrowed) {
    return (
      <EmptyState title="No opportunity matches these filters.">
        <p>
          Loosen one of them, or{" "}
          <button type="button" className="link-button" onClick={onClear}>
            show everything
          </button>
          .
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was found yet.">
      <p>Add a portal: Gleaner learns its list while you watch, and what it finds appears here.</p>
      <p>
        <Link to="/portals">Go to the portals</Link>
      </p>
    </EmptyState>
  );
}
