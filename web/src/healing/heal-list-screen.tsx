import { Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Heal } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { EmptyState } from "../elements/empty-state.tsx";
import { PagedList } from "../elements/paged-list.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { healPages } from "./heal-queries.ts";
import { HealStateMark } from "./heal-state-mark.tsx";

const route = getRouteApi("/shell/healing");

/** Pages that changed, and what became of what was learnt of them. */
export function HealListScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const pages = useInfiniteQuery(healPages(search));
  const onlyWaiting = search.state === "waiting";
  return (
    <Screen
      title="Changed pages"
      actions={
        <Switch
          label="Only what waits for a person"
          checked={onlyWaiting}
          onChange={({ currentTarget: { checked } }) =>
            void navigate({ search: ({ portalId }) => healSearch(portalId, checked) })
          }
        />
      }
    >
      <PagedList
        pages={pages}
        what="changed pages"
        more="Show earlier changes"
        empty={
          <EmptyState title={onlyWaiting ? "Nothing waits for a person." : "No page has changed so far."}>
            <p>
              When a portal changes how its list is built, Gleaner learns it anew. What stored pages prove is used at
              once; what they do not prove waits here for you.
            </p>
          </EmptyState>
        }
      >
        {(heals) => <HealTable heals={heals} />}
      </PagedList>
    </Screen>
  );
}

function healSearch(portalId: string | undefined, onlyWaiting: boolean): { portalId?: string; state?: "waiting" } {
  return { ...(portalId === undefined ? {} : { portalId }), ...(onlyWaiting ? { state: "waiting" } : {}) };
}

function HealTable({ heals }: { heals: readonly Heal[] }) {
  return (
    <DataTable heads={["Noticed", "Portal", "State", "Why", "Version", "Decided by"]}>
      {heals.map((heal) => (
        <tr key={heal.id}>
          <td>
            <Link to="/healing/$healId" params={{ healId: String(heal.id) }}>
              <RelativeTime at={heal.at} />
            </Link>
          </td>
          <td>
            {heal.portal ? (
              <Link to="/portals/$portalId" params={{ portalId: heal.portal.id }}>
                {heal.portal.name}
              </Link>
            ) : (
              <span className="muted">none uses it now</span>
            )}
          </td>
          <td>
            <HealStateMark state={heal.state} />
          </td>
          <td className="wide">
            <span title={reasonOf(heal)}>{reasonOf(heal)}</span>
          </td>
          <td>{heal.toVersion === null ? heal.fromVersion : `${heal.fromVersion} → ${heal.toVersion}`}</td>
          <td>{heal.decision?.by ?? <span className="muted">–</span>}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function reasonOf({ reasons, proof }: Heal): string {
  if (reasons.length > 0) return reasons.join(" ");
  if (!proof) return "";
  const lost = proof.lost.length > 0 ? ` Lost: ${proof.lost.join(", ")}.` : "";
  return `${proof.paired} of ${proof.known} known records stand on the changed page.${lost}`;
}
