import { Button, CopyButton, Modal } from "@mantine/core";

/** A password that was made for somebody, shown this once. */
export function NewPassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={`Password of ${name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="stack">
        <p>
          <code className="secret">{password}</code>
        </p>
        <p className="muted">
          Pass it on now, it cannot be shown again. {name} can choose another one after signing in.
        </p>
        <div className="buttons">
          <CopyButton value={password}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
