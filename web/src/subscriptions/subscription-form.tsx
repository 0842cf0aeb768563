import { Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemsIn } from "../api/field-problems.ts";
import { DialogForm, type DialogFormProps } from "../elements/dialog-form.tsx";
import { FormFailure } from "../elements/form-failure.tsx";
import { allPortals } from "../portals/portal-queries.ts";
import { WhenFields } from "./subscription-fields.tsx";
import type { Draft } from "./subscription-draft.ts";
import { EVENTS, filterInWords } from "./subscription-words.ts";

interface FormProps extends Omit<DialogFormProps, "children"> {
  draft: Draft;
  onChange: (said: Partial<Draft>) => void;
  /** Names of filters that no subscription can keep. */
  leftOut?: readonly string[];
  nameOfPortal: (id: string) => string;
  /** Where to, as far as it can still be chosen. */
  children: ReactNode;
}

/** Which refusals are about the time zone. */
const OWNERS = { bad_schedule: "when/timezone" };

/** What a subscription tells, of what, and when. */
export function SubscriptionForm({ draft, onChange, leftOut = [], nameOfPortal, children, ...form }: FormProps) {
  const problems = problemsIn(form.error, OWNERS);
  const submit = () => {
    if (draft.events.length > 0) form.onSubmit();
  };
  return (
    <DialogForm {...form} error={null} onSubmit={submit}>
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={200}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <WhichFields draft={draft} nameOfPortal={nameOfPortal} leftOut={leftOut} onChange={onChange} />
      <Checkbox.Group
        label="What is told"
        value={draft.events}
        onChange={(values) =>
          onChange({ events: EVENTS.map(({ value }) => value).filter((value) => values.includes(value)) })
        }
        error={draft.events.length === 0 && "Choose at least one."}
      >
        <div className="buttons choices">
          {EVENTS.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      <WhenFields draft={draft} problem={problems.get(OWNERS.bad_schedule)} onChange={onChange} />
      {children}
      <FormFailure error={form.error} problems={problems} fields={Object.values(OWNERS)} />
    </DialogForm>
  );
}

interface WhichProps extends Pick<FormProps, "draft" | "nameOfPortal" | "onChange"> {
  leftOut: readonly string[];
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
      {hasMore && (
        <p className="long-words">
          From the list: {filterInWords(filter, nameOfPortal)}.{" "}
          <button type="button" className="link-button" onClick={() => onChange({ filter: {} })}>
            Take these away
          </button>
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="muted">Not kept, because it says nothing about news to come: {leftOut.join(", ")}.</p>
      )}
      {!hasMore && leftOut.length === 0 && (
        <p className="muted">To narrow it further, set filters in Opportunities and choose Subscribe there.</p>
      )}
    </>
  );
}
