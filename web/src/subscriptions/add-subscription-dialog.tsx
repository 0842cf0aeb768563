import { Modal } from "@mantine/core";
import { useState } from "react";
import type { OpportunitySearch } from "../opportunities/opportunity-search.ts";
import { beginDraft, subscriptionOf } from "./subscription-draft.ts";
import { ReceiverFields } from "./subscription-fields.tsx";
import { subscribable } from "./subscription-filter.ts";
import { SubscriptionForm } from "./subscription-form.tsx";
import { useAddSubscription } from "./subscription-queries.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

interface Props {
  /** The list of opportunities it begins with. */
  search: OpportunitySearch;
  canSendEmail: boolean;
  nameOfPortal: (id: string) => string;
  onClose: () => void;
}

/** Makes a subscription; the secret of a webhook is shown at the end, this once. */
export function AddSubscriptionDialog({ search, canSendEmail, nameOfPortal, onClose }: Props) {
  const add = useAddSubscription();
  const { filter, leftOut } = subscribable(search);
  const [draft, setDraft] = useState(() => beginDraft(filter));
  const [secret, setSecret] = useState<string | null>(null);
  const change = (said: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...said }));
  const submit = () =>
    add.mutate(subscriptionOf(draft), {
      onSuccess: ({ secret: made }) => (made === null ? onClose() : setSecret(made)),
    });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={secret === null ? "Add a subscription" : "Its secret"}
    >
      {secret === null ? (
        <SubscriptionForm
          draft={draft}
          onChange={change}
          leftOut={leftOut}
          nameOfPortal={nameOfPortal}
          action="Subscribe"
          isPending={add.isPending}
          error={add.error}
          onSubmit={submit}
          onClose={onClose}
        >
          <ReceiverFields draft={draft} canSendEmail={canSendEmail} onChange={change} />
        </SubscriptionForm>
      ) : (
        <WebhookSecret secret={secret} onClose={onClose} />
      )}
    </Modal>
  );
}
