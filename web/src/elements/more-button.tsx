import { Button } from "@mantine/core";
import { FailureNote } from "./failure-note.tsx";

interface MoreProps {
  words?: string;
  onMore: () => void;
  isReading: boolean;
  /** Why the next page could not be read. */
  error: Error | null;
}

/** The end of what was read of a list that goes on. */
export function MoreButton({ words = "Show more", onMore, isReading, error }: MoreProps) {
  if (error && !isReading) return <FailureNote error={error} onRetry={onMore} />;
  return (
    <div className="buttons">
      <Button variant="subtle" loading={isReading} onClick={onMore}>
        {words}
      </Button>
    </div>
  );
}
