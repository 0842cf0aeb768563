import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { EmptyState } from "../elements/empty-state.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { usePortalNames } from "../portals/portal-names.ts";
import { Allowed } from "../session/allowed.tsx";
import { useMay } from "../session/session-queries.ts";
import { useShortcuts } from "../shortcuts.ts";
import { AddSubscriptionDialog } from "./add-subscription-dialog.tsx";
import { SubscriptionCard } from "./subscription-card.tsx";
import { allSubscriptions } from "./subscription-queries.ts";
import { readSubscriptionSearch } from "./subscription-search.ts";

const route = getRouteApi("/shell/subscriptions");

/** Who is told what, when and where. */
export function SubscriptionListScreen() {
  const raw = route.useSearch();
  const { add = false, of = {} } = useMemo(() => readSubscriptionSearch({ ...raw }), [raw]);
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(allSubscriptions);
  const nameOfPortal = usePortalNames();
  const mayAdd = useMay("operator");
  const openDialog = () => void navigate({ search: { add: true } });
  useShortcuts(mayAdd ? { n: openDialog } : {});
  const subscriptions = data?.items;
  return (
    <Screen
      title="Subscriptions"
      beside={subscriptions && subscriptions.length > 0 && <span className="muted">{subscriptions.length}</span>}
      actions={
        <Allowed to="operator">
          <Button leftSection={<Icon name="plus" size={14} />} onClick={openDialog}>
            Add a subscription
          </Button>
        </Allowed>
      }
    >
      {error && !subscriptions ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !subscriptions ? (
        <Waiting what="subscriptions" />
      ) : subscriptions.length === 0 ? (
        <EmptyState title="Nobody is told of news yet.">
          <p>
            A subscription sends what is new or changed to a mailbox or to another program, at once or once a day.
            Narrow the list of opportunities to what matters, then choose Subscribe there, or add one here.
          </p>
        </EmptyState>
      ) : (
        <ol className="matters">
          {subscriptions.map((subscription) => (
            <li key={subscription.id}>
              <SubscriptionCard subscription={subscription} nameOfPortal={nameOfPortal} />
            </li>
          ))}
        </ol>
      )}
      {add && mayAdd && data && (
        <AddSubscriptionDialog
          key={JSON.stringify(of)}
          search={of}
          canSendEmail={data.canSendEmail}
          nameOfPortal={nameOfPortal}
          onClose={() => void navigate({ search: {} })}
        />
      )}
    </Screen>
  );
}
