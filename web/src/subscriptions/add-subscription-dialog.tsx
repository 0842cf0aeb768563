import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import type { OpportunitySearch } from "../opportunities/opportunity-search.ts";
import { allPortals } from "../portals/portal-queries.ts";
import { ReceiverFields, WhenFields } from "./subscription-fields.tsx";
import { beginDraft, subscriptionOf, type Draft } from "./subscription-draft.ts";
import { subscribable } from "./subscription-filter.ts";
import { useAddSubscription } from "./subscription-queries.ts";
import { EVENTS, filterInWords } from "./subscription-words.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

interface Props {
  /** The list of opportunities it begins with. */
  search: OpportunitySearch;
  canSendEmail: boolean;
  nameOfPortal: (id: string) => string;
  onClose: () => void;
}

/** Makes a subscription; the secret of a webhook is shown at the end, this once. */
export function AddSubscriptionDialog({ onClose, ...form }: Props) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={secret === null ? "Add a subscription" : "Its secret"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {secret === null ? (
        <SubscriptionForm
          {...form}
          onClose={onClose}
          onAdded={(made) => (made === null ? onClose() : setSecret(made))}
        />
      ) : (
        <WebhookSecret secret={secret} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormProps extends Props {
  onAdded: (secret: string | null) => void;
}

function SubscriptionForm({ search, canSendEmail, nameOfPortal, onClose, onAdded }: FormProps) {
  const add = useAddSubscription();
  const { filter, leftOut } = subscribable(search);
  const [draft, setDraft] = useState(() => beginDraft(filter));
  const change = (said: Partial<Draft>) => setDraft((old) => ({ ...old, ...said }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.events.length > 0) add.mutate(subscriptionOf(draft), { onSuccess: ({ secret }) => onAdded(secret) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={200}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <WhichFields draft={draft} nameOfPortal={nameOfPortal} leftOut={leftOut} onChange={change} />
      <Checkbox.Group
        label="What is told"
        value={draft.events}
        onChange={(values) =>
          change({ events: EVENTS.map(({ value }) => value).filter((value) => values.includes(value)) })
        }
        error={draft.events.length === 0 && "Choose at least one."}
      >
        <div className="buttons choices">
          {EVENTS.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      <WhenFields draft={draft} onChange={change} />
      <ReceiverFields draft={draft} canSendEmail={canSendEmail} onChange={change} />
      {add.error && <FailureNote error={add.error} />}
      <div className="buttons">
        <Button type="submit" loading={add.isPending}>
          Subscribe
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

interface WhichProps {
  draft: Draft;
  leftOut: readonly string[];
  nameOfPortal: (id: string) => string;
  onChange: (said: Partial<Draft>) => void;
}

function WhichFields({ draft: { q, portalId, filter }, leftOut, nameOfPortal, onChange }: WhichProps) {
  const { data: portals = [] } = useQuery(allPortals);
  const hasMore = Object.keys(filter).length > 0;
  return (
    <>
      <TextInput
        label="Words"
        description="In titles, references and descriptions. Empty: any."
        maxLength={300}
        value={q}
        onChange={({ currentTarget: { value } }) => onChange({ q: value })}
      />
      <Select
        label="Portal"
        placeholder="any"
        data={portals.map(({ id, name }) => ({ value: id, label: name }))}
        value={portalId}
        onChange={(value) => onChange({ portalId: value })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "Clear Portal" }}
      />
      {hasMore && <p className="long-words">From the list: {filterInWords(filter, nameOfPortal)}.</p>}
      {leftOut.length > 0 && (
        <p className="muted">Not kept, because it says nothing about news to come: {leftOut.join(", ")}.</p>
      )}
      {!hasMore && leftOut.length === 0 && (
        <p className="muted">To narrow it further, set filters in Opportunities and choose Subscribe there.</p>
      )}
    </>
  );
}
