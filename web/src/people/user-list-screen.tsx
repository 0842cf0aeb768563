import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "../api/resources.ts";
import { DataTable } from "../elements/data-table.tsx";
import { FailureNote } from "../elements/failure-note.tsx";
import { Icon } from "../elements/icon.tsx";
import { Mark } from "../elements/mark.tsx";
import { OneOf } from "../elements/one-of.tsx";
import { RelativeTime } from "../elements/relative-time.tsx";
import { Screen } from "../elements/screen.tsx";
import { Waiting } from "../elements/waiting.tsx";
import { useWho } from "../session/session-queries.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { NewPassword } from "./new-password.tsx";
import { allUsers, ROLES, useChangeUser, useResetPassword } from "./user-queries.ts";

/** Who may sign in, and as what. */
export function UserListScreen() {
  const { data: users, error, refetch } = useQuery(allUsers);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  return (
    <Screen
      title="People"
      actions={
        <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
          Add a person
        </Button>
      }
    >
      {error && !users ? (
        <FailureNote error={error} onRetry={() => void refetch()} />
      ) : !users ? (
        <Waiting what="accounts" />
      ) : (
        <UserTable users={users} onPassword={setMade} />
      )}
      {users?.length === 0 && (
        <p className="muted">Nobody has an account yet. Where a sign-in is demanded, people need one.</p>
      )}
      {isAdding && (
        <AddUserDialog
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setAdding(false);
            setMade(added);
          }}
        />
      )}
      {made && <NewPassword {...made} onClose={() => setMade(null)} />}
    </Screen>
  );
}

interface TableProps {
  users: readonly User[];
  onPassword: (made: { name: string; password: string }) => void;
}

function UserTable({ users, onPassword }: TableProps) {
  const change = useChangeUser();
  const reset = useResetPassword();
  const error = change.error ?? reset.error;
  return (
    <>
      {error && <FailureNote error={error} />}
      <DataTable
        heads={["Name", "Role", "State", "Last sign-in", "Added", { name: "What can be done", is: "only-spoken" }]}
      >
        {users.map((user) => (
          <UserRow
            key={user.id}
            user={user}
            isBusy={change.isPending || reset.isPending}
            onChange={(wanted) => change.mutate({ userId: user.id, ...wanted })}
            onReset={() =>
              reset.mutate(user.id, {
                onSuccess: ({ name, password }) => onPassword({ name, password: password ?? "" }),
              })
            }
          />
        ))}
      </DataTable>
    </>
  );
}

interface RowProps {
  user: User;
  isBusy: boolean;
  onChange: (wanted: { role?: User["role"]; disabled?: boolean }) => void;
  onReset: () => void;
}

function UserRow({ user, isBusy, onChange, onReset }: RowProps) {
  const isSelf = useWho()?.actor === `user:${user.name}`;
  const isDisabled = user.disabledAt !== null;
  return (
    <tr>
      <th scope="row">
        {user.name} {isSelf && <span className="muted">(you)</span>}
      </th>
      <td>
        {isSelf ? (
          user.role
        ) : (
          <OneOf
            aria-label={`Role of ${user.name}`}
            data={ROLES}
            disabled={isBusy}
            value={user.role}
            onChange={(role) => onChange({ role })}
          />
        )}
      </td>
      <td>
        <Mark tone={isDisabled ? "plain" : "good"}>{isDisabled ? "disabled" : "active"}</Mark>
      </td>
      <td>
        <RelativeTime at={user.lastSignedInAt} none="never" />
      </td>
      <td>
        <RelativeTime at={user.createdAt} />
      </td>
      <td>
        {!isSelf && (
          <div className="buttons">
            <Button variant="default" disabled={isBusy} onClick={onReset} aria-label={`New password for ${user.name}`}>
              New password
            </Button>
            <Button
              variant="default"
              disabled={isBusy}
              onClick={() => onChange({ disabled: !isDisabled })}
              aria-label={`${isDisabled ? "Enable" : "Disable"} ${user.name}`}
            >
              {isDisabled ? "Enable" : "Disable"}
            </Button>
          </div>
        )}
      </td>
    </tr>
  );
}
