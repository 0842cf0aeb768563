import { Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ApiKey } from "../api/resources.ts";
import { DialogForm } from "../elements/dialog-form.tsx";
import { OneOf } from "../elements/one-of.tsx";
import { SecretOnce } from "../elements/secret-once.tsx";
import { KEY_ROLES, useCreateKey } from "./key-queries.ts";

const DAY_MS = 86_400_000;
const LASTING = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
  { value: "", label: "until it is revoked" },
] as const;

/** A program gets a key; then the key is shown, this once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateKey();
  const [name, setName] = useState("");
  const [role, setRole] = useState<ApiKey["role"]>("viewer");
  const [days, setDays] = useState<(typeof LASTING)[number]["value"]>("365");
  const made = create.data;
  const submit = () => {
    const expiry = days === "" ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
    create.mutate({ name: name.trim(), role, ...expiry });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={made === undefined}
      title={made ? `Key of ${made.name}` : "Make a key"}
    >
      {made ? (
        <SecretOnce secret={made.key} onClose={onClose}>
          Give it to the program now, as “Authorization: Bearer” and this key. It cannot be shown again.
        </SecretOnce>
      ) : (
        <DialogForm
          action="Make the key"
          isPending={create.isPending}
          error={create.error}
          onSubmit={submit}
          onClose={onClose}
        >
          <TextInput
            label="Name"
            description="Which program it is for: what the program does is on record under this name."
            required
            maxLength={200}
            data-autofocus
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <OneOf label="Role" data={KEY_ROLES} value={role} onChange={setRole} />
          <OneOf label="It lasts" data={LASTING} value={days} onChange={setDays} />
        </DialogForm>
      )}
    </Modal>
  );
}
