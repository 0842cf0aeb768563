import { Button, Modal } from "@mantine/core";
import { FailureNote } from "../elements/failure-note.tsx";

interface Props {
  name: string;
  error: Error | null;
  isBusy: boolean;
  onRemove: () => void;
  onClose: () => void;
}

/** Asks before a subscription ends for good. */
export function RemoveDialog({ name, error, isBusy, onRemove, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title="Delete this subscription?" closeButtonProps={{ "aria-label": "Close" }}>
      <div className="stack">
        <p className="long-words">
          “{name}” ends for good: nothing more is sent, and what was sent is forgotten. To stop it for a while, pause
          it.
        </p>
        {error && <FailureNote error={error} />}
        <div className="buttons">
          <Button color="red" loading={isBusy} onClick={onRemove}>
            Delete
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
