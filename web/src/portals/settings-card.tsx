import { Button, NumberInput, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { useChangePortal } from "./portal-actions.ts";

/** How a portal is read: limits, pace, and what a person knows about its page. */
export function SettingsCard({ portal }: { portal: Portal }) {
  const change = useChangePortal(portal.id);
  const { configuration } = portal;
  const [name, setName] = useState(portal.name);
  const [state, setState] = useState(portal.state ?? "");
  const [maxPages, setMaxPages] = useState<number | string>(configuration.maxPages ?? "");
  const [rateLimit, setRateLimit] = useState<number | string>(configuration.rateLimit ?? "");
  const [details, setDetails] = useState(configuration.details ?? false);
  const [hints, setHints] = useState(configuration.navigationHints ?? {});
  const [words, setWords] = useState(configuration.customInstructions ?? "");
  const hint = (key: keyof typeof hints) => ({
    value: hints[key] ?? "",
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setHints((known) => withOne(known, key, currentTarget.value)),
  });
  return (
    <section className="card" aria-label="Settings">
      <h2>Settings</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const others = without(configuration, ["maxPages", "rateLimit", "customInstructions"]);
          change.mutate({
            name,
            state: state.trim() || null,
            configuration: {
              ...others,
              details,
              navigationHints: hints,
              ...(typeof maxPages === "number" ? { maxPages } : {}),
              ...(typeof rateLimit === "number" ? { rateLimit } : {}),
              ...(words.trim() === "" ? {} : { customInstructions: words.trim() }),
            },
          });
        }}
      >
        <TextInput label="Name" required value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        <TextInput label="State" value={state} onChange={({ currentTarget }) => setState(currentTarget.value)} />
        <NumberInput label="Most pages of a job" min={1} max={10_000} value={maxPages} onChange={setMaxPages} />
        <NumberInput
          label="Pause between two requests"
          description="Milliseconds. It only slows down."
          min={0}
          max={600_000}
          value={rateLimit}
          onChange={setRateLimit}
        />
        <Switch
          label="Open the page of every tender"
          checked={details}
          onChange={({ currentTarget }) => setDetails(currentTarget.checked)}
        />
        <TextInput label="Where the list is" description="A CSS selector." {...hint("opportunityListSelector")} />
        <TextInput label="The button to the next page" description="A CSS selector." {...hint("nextButtonSelector")} />
        <TextInput label="The link of a tender" description="A CSS selector." {...hint("detailLinkSelector")} />
        <Textarea
          label="What is wanted, in words"
          description="Needs a model."
          autosize
          minRows={2}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        {change.error && <FailureNote error={change.error} />}
        <Button type="submit" variant="default" loading={change.isPending}>
          Save the settings
        </Button>
      </form>
    </section>
  );
}

type Hints = NonNullable<Portal["configuration"]["navigationHints"]>;

function withOne(hints: Hints, key: keyof Hints, value: string): Hints {
  const others = without(hints, [key]);
  return value === "" ? others : { ...others, [key]: value };
}

/** What is left out of a configuration is as nobody has said it. */
function without<Value extends object>(value: Value, keys: readonly (keyof Value)[]): Partial<Value> {
  const copy: Partial<Value> = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}
