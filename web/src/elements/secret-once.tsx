import { Button, CopyButton } from "@mantine/core";
import type { ReactNode } from "react";

/** A secret that is shown this once: it is copied now, or made anew later. */
export function SecretOnce({
  secret,
  onClose,
  children,
}: {
  secret: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <div className="stack">
      <p>
        <code className="secret">{secret}</code>
      </p>
      <p className="muted">{children}</p>
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
