import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Portal } from "../api/resources.ts";
import { FactList } from "../elements/fact-list.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { ForeignLink } from "../elements/foreign-link.tsx";
import { Icon } from "../elements/icon.tsx";
import { LinkButton } from "../elements/link-button.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Tab } from "../elements/tab.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { jobPages } from "../jobs/job-queries.ts";
import { JobTable } from "../jobs/job-table.tsx";
import { Allowed } from "../session/allowed.tsx";
import { LogInCard } from "./log-in-card.tsx";
import { PauseCard } from "./pause-card.tsx";
import { useRunNow } from "./portal-actions.ts";
import { onePortal } from "./portal-queries.ts";
import { PortalStateMark } from "./portal-state-mark.tsx";
import { RecipeColumns } from "./recipe-columns.tsx";
import { readPortalSearch } from "./portal-search.ts";
import { PortalEnds } from "./settings/portal-ends.tsx";
import { PortalSettings } from "./settings/portal-settings.tsx";

const route = getRouteApi("/shell/portals/$portalId");

/** One portal: its jobs, what was learnt of it, and when it is looked at. */
export function PortalScreen() {
  const { portalId } = route.useParams();
  const { data: portal, error, refetch } = useQuery(onePortal(portalId));
  if (!portal) {
    return (
      <Screen title="Portal">
        {error ? <FailureNote error={error} onRetry={() => void refetch()} /> : <Waiting what="the portal" />}
      </Screen>
    );
  }
  return <KnownPortal portal={portal} />;
}

function KnownPortal({ portal }: { portal: Portal }) {
  const run = useRunNow();
  const { part } = readPortalSearch({ ...route.useSearch() });
  return (
    <Screen
      title={portal.name}
      beside={<PortalStateMark portal={portal} />}
      actions={
        <>
          <LinkButton variant="default" to="/opportunities" search={{ portalId: portal.id }}>
            Its opportunities
          </LinkButton>
          <Allowed to="operator">
            <Button
              leftSection={<Icon name="play" size={14} />}
              loading={run.isPending}
              onClick={() => run.mutate(portal.id)}
            >
              Run now
            </Button>
          </Allowed>
        </>
      }
    >
      {run.error && <FailureNote error={run.error} />}
      <nav className="tab-bar" aria-label="Parts of this portal">
        <Tab to="/portals/$portalId" params={{ portalId: portal.id }} search={{}} isHere={part === undefined}>
          Overview
        </Tab>
        <Tab
          to="/portals/$portalId"
          params={{ portalId: portal.id }}
          search={{ part: "settings" }}
          isHere={part === "settings"}
        >
          Settings
        </Tab>
      </nav>
      {part === "settings" ? (
        <div className="stack">
          <PortalSettings key={portal.id} portal={portal} />
          <Allowed to="operator">
            <PortalEnds portal={portal} />
          </Allowed>
        </div>
      ) : (
        <Overview portal={portal} />
      )}
    </Screen>
  );
}

/** What became of it lately, what was learnt of its list, and what stops it. */
function Overview({ portal }: { portal: Portal }) {
  const { data } = useInfiniteQuery(jobPages({ portalId: portal.id }));
  const jobs = data?.pages.flatMap(({ items }) => items);
  const lastRun = jobs?.find(({ run: runId }) => runId !== null)?.run ?? null;
  return (
    <div className="columns">
      <div className="column">
        <section className="card" aria-label="Jobs">
          <h2>Jobs</h2>
          {jobs === undefined ? (
            <Waiting what="jobs" />
          ) : jobs.length === 0 ? (
            <p className="muted">No job yet. “Run now” sends the first one.</p>
          ) : (
            <JobTable jobs={jobs} />
          )}
        </section>
        {portal.recipeId === null ? (
          <section className="card" aria-label="Recipe">
            <h2>Columns</h2>
            <p className="muted">Nothing is learnt yet. The first job learns how the list is built.</p>
          </section>
        ) : (
          <RecipeColumns recipeId={portal.recipeId} runId={lastRun} />
        )}
      </div>
      <div className="column column-side">
        <section className="card" aria-label="About this portal">
          <FactList
            facts={[
              ["Address", <ForeignLink href={portal.url}>{portal.url}</ForeignLink>],
              ["Last success", <RelativeTime at={portal.lastSuccessfulScrapeAt} none="never" />],
              ["Last count", portal.lastCount],
              ["Looked at", portal.watched ? timesInWords(portal) : "by hand only"],
              ["Next job", <RelativeTime at={portal.nextRunAt} none="none" />],
              ["robots.txt", portal.robots === "ignore" ? `ignored: ${portal.robotsReason ?? ""}` : "respected"],
            ]}
          />
        </section>
        <PauseCard portal={portal} />
        <Allowed to="operator">
          <LogInCard portalId={portal.id} />
        </Allowed>
      </div>
    </div>
  );
}

function timesInWords({ schedule, timezone }: Portal): string {
  return schedule === null ? "when all portals are" : `${schedule} (${timezone})`;
}
