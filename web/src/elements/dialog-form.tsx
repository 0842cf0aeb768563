import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { FailureNote } from "./failure-note.tsx";

export interface DialogFormProps {
  /** What sending it does, as the button's words. */
  action: string;
  isPending: boolean;
  /** What is told above its buttons; null where the fields tell it. */
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
  /** Its fields. */
  children: ReactNode;
}

/** A few fields in a dialog, to be sent or left. */
export function DialogForm({ action, isPending, error, onSubmit, onClose, children }: DialogFormProps) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {error && <FailureNote error={error} />}
      <div className="buttons">
        <Button type="submit" loading={isPending}>
          {action}
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
