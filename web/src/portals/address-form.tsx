import { Button, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/client.ts";
import type { Portal } from "../api/resources.ts";
import { FailureNote } from "../elements/failure-note.tsx";
import { addUnwatched, startJob, type Learning } from "./learn-portal.ts";
import type { PortalChange } from "./portal-actions.ts";
import { LogInFields, logInBody, NO_LOG_IN, type LogInDraft } from "./log-in-fields.tsx";

interface FormProps {
  /** The portal of which nothing was learnt at the address that it has; null: a new one. */
  before: Portal | null;
  onLearning: (learning: Learning) => void;
}

/** Where a portal's list is. Another try keeps the portal and gives it the other address. */
export function AddressForm({ before, onLearning }: FormProps) {
  const queries = useQueryClient();
  const [url, setUrl] = useState(before?.url ?? "");
  const [name, setName] = useState(before ? ownNameOf(before) : "");
  const [logIn, setLogIn] = useState<LogInDraft | null>(before?.configuration.requiresAuth === true ? NO_LOG_IN : null);
  const learn = useMutation({
    mutationFn: async (): Promise<Learning> => {
      const said = { url: url.trim(), ...named(name), ...(logIn ? { configuration: configurationOf(logIn) } : {}) };
      const portal = before ? await moved(before, said) : await addUnwatched(said);
      return { portal, jobId: await startJob(portal.id) };
    },
    onSuccess: onLearning,
    onSettled: () => queries.invalidateQueries({ queryKey: ["portals"] }),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        learn.mutate();
      }}
    >
      <TextInput
        label="Address of the page that lists tenders"
        description={before ? "The page with the list itself, not the front page of the site." : undefined}
        type="url"
        required
        data-autofocus
        placeholder="https://"
        value={url}
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
      />
      <TextInput
        label="Name"
        description="Left out: the host of the address."
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Switch
        label="The page asks to sign in"
        checked={logIn !== null}
        onChange={({ currentTarget }) => setLogIn(currentTarget.checked ? NO_LOG_IN : null)}
      />
      {logIn && <LogInFields value={logIn} onChange={setLogIn} />}
      {learn.error && <FailureNote error={learn.error} />}
      <Button type="submit" loading={learn.isPending}>
        Learn the list
      </Button>
    </form>
  );
}

/** What was said of the portal before counts no more: it was about the other address. */
function moved({ id }: Portal, said: PortalChange & { url: string }): Promise<Portal> {
  const body = { configuration: {}, name: URL.parse(said.url)?.host ?? said.url, ...said };
  return answerOf(api.PATCH("/api/v1/portals/{portalId}", { params: { path: { portalId: id } }, body }));
}

/** The name that somebody gave it. */
function ownNameOf({ name, url }: Portal): string {
  return name === URL.parse(url)?.host ? "" : name;
}

function named(name: string): { name?: string } {
  return name.trim() === "" ? {} : { name: name.trim() };
}

function configurationOf(draft: LogInDraft) {
  const { username, password, totp, loginUrl } = logInBody(draft);
  const codes = totp === undefined ? {} : { totpSecret: totp };
  const page = loginUrl === undefined ? {} : { loginUrl };
  return { requiresAuth: true, authCredentials: { username, password, ...codes }, ...page };
}
