import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Portal, PortalHealth } from "../api/resources.ts";
import { CompletenessBadge } from "../elements/completeness-badge.tsx";
import { DataTable } from "../elements/data-table.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { dollars } from "../elements/money.ts";
import { RelativeTime } from "../elements/relative-time.tsx";
import { JobStateMark } from "../jobs/job-state-mark.tsx";
import { Allowed } from "../session/allowed.tsx";
import { HealthSparkline } from "./health-sparkline.tsx";
import { useRunNow } from "./portal-actions.ts";
import { COST_DAYS } from "./portal-queries.ts";
import { PortalStateMark } from "./portal-state-mark.tsx";

interface TableProps {
  portals: readonly Portal[];
  /** Undefined until it was read. */
  healthOf: ReadonlyMap<string, PortalHealth> | undefined;
}

/** Portals with how they have been lately: the last jobs, how much came home, and what models took. */
export function PortalTable({ portals, healthOf }: TableProps) {
  const run = useRunNow();
  return (
    <>
      {run.error && <FailureNote error={run.error} />}
      <DataTable
        heads={[
          "Portal",
          "State",
          "Last jobs",
          "Last job",
          "Completeness",
          { name: `Cost, ${COST_DAYS} days`, is: "number" },
          { name: "Actions", is: "only-spoken" },
        ]}
        name="Table of portals"
      >
        {portals.map((portal) => (
          <PortalRow
            key={portal.id}
            portal={portal}
            health={healthOf?.get(portal.id)}
            onRun={() => run.mutate(portal.id)}
          />
        ))}
      </DataTable>
    </>
  );
}

function PortalRow({ portal, health, onRun }: { portal: Portal; health: PortalHealth | undefined; onRun: () => void }) {
  return (
    <tr>
      <th scope="row" className="wide">
        <Link to="/portals/$portalId" params={{ portalId: portal.id }}>
          {portal.name}
        </Link>
        <div className="muted under" title={portal.url}>
          {portal.url}
        </div>
      </th>
      <td>
        <PortalStateMark portal={portal} />
        {portal.nextRunAt !== null && (
          <div className="muted under">
            next <RelativeTime at={portal.nextRunAt} />
          </div>
        )}
      </td>
      <td>{health && <HealthSparkline jobs={health.jobs} />}</td>
      <td>
        <LastJob health={health} />
      </td>
      <td>
        {health && (
          <>
            <CompletenessBadge value={health.completeness} />
            <FoundText completeness={health.completeness} />
          </>
        )}
      </td>
      <td className="number">{health && <CostText models={health.models} />}</td>
      <td>
        <Allowed to="operator">
          <ActionIcon variant="subtle" aria-label={`Run ${portal.name} now`} title="Run now" onClick={onRun}>
            <Icon name="play" />
          </ActionIcon>
        </Allowed>
      </td>
    </tr>
  );
}

/** When it was; where it did not simply go well, its state too. */
function LastJob({ health }: { health: PortalHealth | undefined }) {
  const latest = health?.jobs[0];
  if (!latest) return <span className="muted">{health ? "never" : ""}</span>;
  const isFine = latest.state === "completed" || latest.state === "incomplete";
  return (
    <Link className="last-job" to="/jobs/$jobId" params={{ jobId: latest.id }}>
      <RelativeTime at={latest.queuedAt} />
      {!isFine && <JobStateMark state={latest.state} />}
    </Link>
  );
}

/** How many came home, and of how many where the list says so. */
function FoundText({ completeness }: Pick<PortalHealth, "completeness">) {
  if (completeness === null) return null;
  const { found, totalDeclared } = completeness;
  const declared = totalDeclared === null ? "found" : `of ${totalDeclared.toLocaleString("en")}`;
  return (
    <div className="muted under">
      {found.toLocaleString("en")} {declared}
    </div>
  );
}

/** What models took. Most portals are read without any, which is worth saying. */
function CostText({ models: { questions, tokens, usd } }: { models: PortalHealth["models"] }) {
  if (questions === 0) {
    return (
      <span className="muted" title="No model was asked.">
        none
      </span>
    );
  }
  const asked = `${questions.toLocaleString("en")} questions, ${tokens.toLocaleString("en")} tokens`;
  return <span title={asked}>{usd === null ? `${tokens.toLocaleString("en")} tokens` : dollars(usd)}</span>;
}
