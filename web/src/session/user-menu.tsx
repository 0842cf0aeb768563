import { Menu } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { useSignOut, useWho } from "./session-queries.ts";

const OwnSessionsDialog = lazy(async () => ({
  default: (await import("./own-sessions-dialog.tsx")).OwnSessionsDialog,
}));
const PasswordDialog = lazy(async () => ({ default: (await import("./password-dialog.tsx")).PasswordDialog }));

/** Who is signed in, and what they can do about it. Where nobody has to sign in there is nothing to show. */
export function UserMenu() {
  const who = useWho();
  const signOut = useSignOut();
  const [dialog, setDialog] = useState<"password" | "sessions" | null>(null);
  const close = () => setDialog(null);
  if (!who?.isPerson) return null;
  return (
    <>
      <Menu position="right-end" width={200}>
        <Menu.Target>
          <button type="button" className="nav-button" title={`${who.name}, ${who.role}`}>
            <Icon name="people" />
            <span className="nav-name">{who.name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Signed in as {who.role}</Menu.Label>
          <Menu.Item onClick={() => setDialog("password")}>Change password</Menu.Item>
          <Menu.Item onClick={() => setDialog("sessions")}>Where you are signed in</Menu.Item>
          <Menu.Item leftSection={<Icon name="leave" size={14} />} onClick={() => signOut.mutate()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {signOut.error && <FailureNote error={signOut.error} onRetry={() => signOut.mutate()} />}
      <Suspense>
        {dialog === "password" && <PasswordDialog onClose={close} />}
        {dialog === "sessions" && <OwnSessionsDialog onClose={close} />}
      </Suspense>
    </>
  );
}
