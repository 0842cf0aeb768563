import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Portal, PortalHealth } from "../api/resources.ts";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { useShortcuts } from "../shortcuts.ts";
import { Allowed } from "../session/allowed.tsx";
import { useMay } from "../session/session-queries.ts";
import { AddBatchDialog } from "./add-batch-dialog.tsx";
import { AddPortalDialog } from "./add-portal-dialog.tsx";
import { allPortals, portalHealth } from "./portal-queries.ts";
import type { PortalListSearch } from "./portal-search.ts";
import { PortalTable } from "./portal-table.tsx";

const route = getRouteApi("/shell/portals");

/** Every portal and how it has been lately. */
export function PortalListScreen() {
  const { add, troubled } = route.useSearch();
  const navigate = route.useNavigate();
  const [wanted, setWanted] = useState("");
  const { data: portals, error, refetch } = useQuery(allPortals);
  const health = useQuery(portalHealth);
  const healthOf = useMemo(
    () => health.data && new Map(health.data.map((each) => [each.portalId, each])),
    [health.data],
  );
  const mayAdd = useMay("operator");
  const go = (search: PortalListSearch) => void navigate({ search });
  const openDialog = () => go({ add: true });
  useShortcuts({
    "/": () => document.getElementById("portal-search")?.focus(),
    ...(mayAdd ? { n: openDialog } : {}),
  });
  const inTrouble = portals?.filter((portal) => needsLook(portal, healthOf?.get(portal.id))) ?? [];
  const shown = (troubled === true ? inTrouble : portals)?.filter((portal) => isNamed(portal, wanted));
  return (
    <Screen
      title="Portals"
      beside={portals && portals.length > 0 && <span className="muted">{portals.length}</span>}
      actions={
        <>
          <PortalFilter
            wanted={wanted}
            onWanted={setWanted}
            inTrouble={portals && portals.length > 0 ? inTrouble.length : null}
            isTroubled={troubled === true}
            onTroubled={(isOn) => go(isOn ? { troubled: true } : {})}
          />
          <Allowed to="operator">
            <Button variant="default" onClick={() => go({ add: "several" })}>
              Add several
            </Button>
            <Button leftSection={<Icon name="plus" size={14} />} onClick={openDialog}>
              Add a portal
            </Button>
          </Allowed>
        </>
      }
    >
      {health.error && !healthOf && <FailureNote error={health.error} onRetry={() => void health.refetch()} />}
      {error && !portals ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !portals || !shown ? (
        <Waiting what="portals" />
      ) : shown.length > 0 ? (
        <PortalTable portals={shown} healthOf={healthOf} />
      ) : portals.length === 0 ? (
        <EmptyState title="No portal is known yet.">
          <p>
            Give the address of a page that lists tenders. Gleaner learns how the list is built while you watch, and
            from then on reads it by itself.
          </p>
          <Allowed to="operator">
            <Button onClick={openDialog}>Add the first portal</Button>
          </Allowed>
        </EmptyState>
      ) : wanted === "" ? (
        <EmptyState title="No portal is in trouble.">
          <p>Their last jobs went well, and each brought its whole list home or could not tell.</p>
        </EmptyState>
      ) : (
        <EmptyState title={`No portal is called “${wanted}”.`} />
      )}
      <AddPortalDialog isOpen={add === true && mayAdd} onClose={() => go({})} />
      <AddBatchDialog isOpen={add === "several" && mayAdd} onClose={() => go({})} />
    </Screen>
  );
}

interface FilterProps {
  wanted: string;
  onWanted: (wanted: string) => void;
  /** Null where there is nothing to choose from. */
  inTrouble: number | null;
  isTroubled: boolean;
  onTroubled: (isOn: boolean) => void;
}

function PortalFilter({ wanted, onWanted, inTrouble, isTroubled, onTroubled }: FilterProps) {
  return (
    <>
      <TextInput
        id="portal-search"
        type="search"
        aria-label="Search portals"
        placeholder="Search"
        value={wanted}
        onChange={({ currentTarget }) => onWanted(currentTarget.value)}
      />
      {inTrouble !== null && (
        <SegmentedControl
          aria-label="Which portals"
          data={[
            { value: "all", label: "All" },
            { value: "troubled", label: `In trouble (${inTrouble})` },
          ]}
          value={isTroubled ? "troubled" : "all"}
          onChange={(value) => onTroubled(value === "troubled")}
        />
      )}
    </>
  );
}

function isNamed({ name, url }: Portal, wanted: string): boolean {
  return `${name} ${url}`.toLowerCase().includes(wanted.trim().toLowerCase());
}

/** What a person should look at: paused by the program or a person, failed, waiting, or home in part. */
function needsLook({ paused }: Portal, health: PortalHealth | undefined): boolean {
  const last = health?.jobs[0]?.state;
  return (
    paused !== null || last === "failed" || last === "needs_person" || health?.completeness?.state === "incomplete"
  );
}
