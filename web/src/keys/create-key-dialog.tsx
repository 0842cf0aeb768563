import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { FailureNote } from "../elements/failure-note.tsx";
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
  const [role, setRole] = useState<(typeof KEY_ROLES)[number]["value"]>("viewer");
  const [days, setDays] = useState("365");
  const made = create.data;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
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
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {made ? (
        <SecretOnce secret={made.key} onClose={onClose}>
          Give it to the program now, as “Authorization: Bearer” and this key. It cannot be shown again.
        </SecretOnce>
      ) : (
        <form className="stack" onSubmit={submit}>
          {create.error && <FailureNote error={create.error} />}
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
          <Select
            label="Role"
            data={KEY_ROLES}
            allowDeselect={false}
            value={role}
            onChange={(value) => setRole(KEY_ROLES.find((known) => known.value === value)?.value ?? "viewer")}
          />
          <Select
            label="It lasts"
            data={LASTING}
            allowDeselect={false}
            value={days}
            onChange={(value) => setDays(value ?? "")}
          />
          <div className="buttons">
            <Button type="submit" loading={create.isPending}>
              Make the key
            </Button>
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
