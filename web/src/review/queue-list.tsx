import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";

export interface QueueEntry {
  id: string;
  title: string;
  beside: string;
  below: string;
}

interface ListProps {
  label: string;
  entries: readonly QueueEntry[];
  place: number;
  onGo: (id: string) => void;
  onMore?: (() => void) | undefined;
}

/** What waits, one a line; the one that is looked at is always in sight. */
export function QueueList({ label, entries, place, onGo, onMore }: ListProps) {
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // It answers with a promise in some browsers, which is no way to clean up.
    void here.current?.scrollIntoView({ block: "nearest" });
  }, [place]);
  return (
    <nav className="queue" aria-label={label}>
      <ol>
        {entries.map(({ id, title, beside, below }, at) => (
          <li key={id}>
            <button
              type="button"
              ref={at === place ? here : undefined}
              aria-current={at === place ? "true" : undefined}
              onClick={() => onGo(id)}
            >
              <span className="queue-title">{title}</span>
              <span className="muted">{beside}</span>
              <span className="queue-below muted">{below}</span>
            </button>
          </li>
        ))}
      </ol>
      {onMore && (
        <Button variant="subtle" onClick={onMore}>
          Show more
        </Button>
      )}
    </nav>
  );
}
