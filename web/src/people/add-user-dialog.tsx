import { Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import type { User } from "../api/resources.ts";
import { DialogForm } from "../elements/dialog-form.tsx";
import { OneOf } from "../elements/one-of.tsx";
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
  const [role, setRole] = useState<User["role"]>("viewer");
  const submit = () =>
    add.mutate({ name, role }, { onSuccess: ({ name, password }) => onAdded({ name, password: password ?? "" }) });
  return (
    <Modal opened onClose={onClose} title="Add a person">
      <DialogForm action="Add" isPending={add.isPending} error={add.error} onSubmit={submit} onClose={onClose}>
        <TextInput
          label="Name or e-mail address"
          description="To sign in with. It cannot be changed later."
          autoComplete="off"
          required
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <OneOf label="Role" data={ROLES} value={role} onChange={setRole} />
      </DialogForm>
    </Modal>
  );
}
