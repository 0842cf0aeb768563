import { Modal, PasswordInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { DialogForm } from "../elements/dialog-form.tsx";
import { useChangePassword } from "./session-queries.ts";

const toggle = { "aria-label": "Show the password" };

/** A person changes their own password; wherever else they are signed in, they are not any more. */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const submit = () => {
    const onSuccess = (): void => {
      notifications.show({ message: "Your password is changed. Other browsers are signed out." });
      onClose();
    };
    change.mutate({ current, next }, { onSuccess });
  };
  return (
    <Modal opened onClose={onClose} title="Change password">
      <DialogForm
        action="Change password"
        isPending={change.isPending}
        error={change.error}
        onSubmit={submit}
        onClose={onClose}
      >
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          data-autofocus
          visibilityToggleButtonProps={toggle}
          value={current}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters; four words in a row do well."
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={toggle}
          value={next}
          onChange={({ currentTarget }) => setNext(currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
