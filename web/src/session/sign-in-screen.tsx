import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState, type FormEvent, type ReactNode } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { readNext } from "./next-address.ts";
import { session, useSetUp, useSignIn } from "./session-queries.ts";
import { useDocumentTitle } from "@mantine/hooks";

const route = getRouteApi("/sign-in");

/** Where a person says who they are; on a new server, where the first account is made. */
export function SignInScreen() {
  const { data } = useQuery(session);
  return data?.awaitsSetUp === true ? <SetUpForm /> : <SignInForm />;
}

function SignInForm() {
  const signIn = useSignIn();
  const goOn = useGoOn();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Door
      title="Sign in"
      error={signIn.error}
      onSubmit={() => signIn.mutate({ name, password }, { onSuccess: goOn, onError: () => setPassword("") })}
    >
      <NameInput value={name} onChange={setName} />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Button type="submit" size="sm" loading={signIn.isPending}>
        Sign in
      </Button>
    </Door>
  );
}

function SetUpForm() {
  const setUp = useSetUp();
  const goOn = useGoOn();
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Door
      title="Make the first account"
      error={setUp.error}
      onSubmit={() => setUp.mutate({ code, name, password }, { onSuccess: goOn })}
    >
      <p className="muted">
        Nobody has an account here yet. Whoever started the server has the code for the first one.
      </p>
      <TextInput
        label="Code"
        description="The server printed it at its terminal when it started."
        autoComplete="one-time-code"
        spellCheck={false}
        required
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      <NameInput value={name} onChange={setName} />
      <PasswordInput
        label="New password"
        description="At least 12 characters; four words in a row do well."
        autoComplete="new-password"
        required
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Button type="submit" size="sm" loading={setUp.isPending}>
        Make the account
      </Button>
    </Door>
  );
}

function NameInput({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return (
    <TextInput
      label="Name or e-mail address"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      required
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

interface DoorProps {
  title: string;
  error: Error | null;
  onSubmit: () => void;
  children: ReactNode;
}

function Door({ title, error, onSubmit, children }: DoorProps) {
  useDocumentTitle(`${title} · Gleaner`);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className="door">
      <form className="card door-card" onSubmit={submit}>
        <div className="brand">
          <img src="/favicon.svg" alt="" width={22} height={22} />
          <span>Gleaner</span>
        </div>
        <h1>{title}</h1>
        {error && <FailureNote error={error} />}
        {children}
        {!window.isSecureContext && (
          <p className="door-warning">
            <Icon name="alert" size={14} /> This connection is not encrypted: others in this network could read your
            password.
          </p>
        )}
      </form>
    </main>
  );
}

/** To where the person was on the way. */
function useGoOn(): () => void {
  const router = useRouter();
  // Read again: what the route refused of the address still stands beside what it took.
  const { next = "/" } = readNext({ ...route.useSearch() });
  return () => router.history.push(next);
}
