import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
import { ROLES, useAddUser } from "./user-queries.ts";

interface Props {
  onClose: () => void;
  /** Gets the password that was made for the new account. */
  onAdded: (added: { name: string; password: string }) => void;
}

/** Somebody gets an account, with a password that is made for them. */
export function AddUserDialog({ onClose, onAdded }: Props) {
  const add = useAddUser();
  const [name, setName] = useState("");
  const [role, setRole] = useState<(typeof ROLES)[number]["value"]>("viewer");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ name, role }, { onSuccess: ({ name, password }) => onAdded({ name, password: password ?? "" }) });
  };
  return (
    <Modal opened onClose={onClose} title="Add a person" closeButtonProps={{ "aria-label": "Close" }}>
      <form className="stack" onSubmit={submit}>
        {add.error && <FailureNote error={add.error} />}
        <TextInput
          label="Name or e-mail address"
          description="To sign in with. It cannot be changed later."
          autoComplete="off"
          required
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Select
          label="Role"
          data={ROLES}
          allowDeselect={false}
          value={role}
          onChange={(value) => setRole(ROLES.find((known) => known.value === value)?.value ?? "viewer")}
        />
        <div className="buttons">
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
