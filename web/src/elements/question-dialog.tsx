import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { FailureNote } from "./failure-note.tsx";

interface QuestionProps {
  title: string;
  /** What saying yes does, as the button's words. */
  yes: string;
  /** What is the case when nothing is done, as the button's words. */
  no: string;
  isPending: boolean;
  error: Error | null;
  onYes: () => void;
  onNo: () => void;
  children: ReactNode;
}

/** Asks before what cannot be taken back. */
export function QuestionDialog({ title, yes, no, isPending, error, onYes, onNo, children }: QuestionProps) {
  return (
    <Modal opened onClose={onNo} title={title}>
      <div className="stack">
        {error && <FailureNote error={error} />}
        <p className="long-words">{children}</p>
        <div className="buttons">
          <Button color="red" loading={isPending} onClick={onYes}>
            {yes}
          </Button>
          <Button variant="default" data-autofocus onClick={onNo}>
            {no}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
