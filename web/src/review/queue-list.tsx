import { useEffect, useRef } from "react";
import { MoreButton } from "../elements/more-button.tsx";

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
  /** Undefined at the end. */
  onMore: (() => void) | undefined;
  isReading: boolean;
  error: Error | null;
}

const AHEAD = 5;

/** What waits, one a line; the one that is looked at is always in sight. Who comes near the end sees more. */
export function QueueList({ label, entries, place, onGo, onMore, isReading, error }: ListProps) {
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // It answers with a promise in some browsers, which is no way to clean up.
    void here.current?.scrollIntoView({ block: "nearest" });
  }, [place]);
  const more = useRef(onMore);
  more.current = onMore;
  const { length } = entries;
  useEffect(() => {
    if (place >= length - AHEAD) more.current?.();
  }, [place, length]);
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
      {onMore && <MoreButton onMore={onMore} isReading={isReading} error={error} />}
    </nav>
  );
}
