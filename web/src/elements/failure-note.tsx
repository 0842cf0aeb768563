import { Button } from "@mantine/core";
import { ApiFailure } from "../api/api-failure.ts";
import { Icon } from "./icon.tsx";

/** A request that failed: what was wrong and what to do, in the API's words, and a way to try again. */
export function FailureNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const known = error instanceof ApiFailure ? error : null;
  return (
    <div className="failure-note" role="alert">
      <Icon name="alert" size={20} />
      <div>
        <p>{known?.message ?? "Something went wrong in this page. Reload it; nothing on the server was changed."}</p>
        {known?.issues.map(({ where, what }) => (
          <p key={where}>
            {where.split("/").at(-1)}: {what}
          </p>
        ))}
        {known && <code className="muted">{known.code}</code>}
      </div>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
