import { Modal } from "@mantine/core";
import { useState } from "react";
import type { Subscription } from "../api/resources.ts";
import { changeOf, draftOf } from "./subscription-draft.ts";
import { SubscriptionForm } from "./subscription-form.tsx";
import { useChangeSubscription } from "./subscription-queries.ts";

interface Props {
  subscription: Subscription;
  nameOfPortal: (id: string) => string;
  onClose: () => void;
}

/** Changes what is told and when. Where it goes stays: its receiver agreed to this one. */
export function ChangeSubscriptionDialog({ subscription, nameOfPortal, onClose }: Props) {
  const change = useChangeSubscription(subscription.id);
  const [draft, setDraft] = useState(() => draftOf(subscription));
  return (
    <Modal opened onClose={onClose} size="lg" closeOnClickOutside={false} title="Change this subscription">
      <SubscriptionForm
        draft={draft}
        onChange={(said) => setDraft((old) => ({ ...old, ...said }))}
        nameOfPortal={nameOfPortal}
        action="Save"
        isPending={change.isPending}
        error={change.error}
        onSubmit={() => change.mutate(changeOf(draft), { onSuccess: onClose })}
        onClose={onClose}
      >
        <p className="muted long-words">
          It goes to {subscription.target}. To send it elsewhere, make another one and delete this.
        </p>
      </SubscriptionForm>
    </Modal>
  );
}
