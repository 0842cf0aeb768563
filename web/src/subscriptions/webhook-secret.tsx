import { Button, CopyButton } from "@mantine/core";

/** What a webhook's messages are signed with, shown this once. */
export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <div className="stack">
      <p>
        <code className="secret">{secret}</code>
      </p>
      <p className="muted">
        Give it to the receiving program now: with it, that program checks that messages come from here. It cannot be
        shown again.
      </p>
      <div className="buttons">
        <CopyButton value={secret}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
