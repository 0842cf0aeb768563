import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useIsConnectionLost } from "./api/connection.ts";
import { Icon } from "./elements/icon.tsx";

const TRY_MS = 5_000;

/** Says that what is on the screen may be old while Gleaner does not answer, and reads it again once it does. */
export function ConnectionNote() {
  const queries = useQueryClient();
  const isLost = useIsConnectionLost();
  useEffect(() => {
    if (!isLost) return undefined;
    const timer = setInterval(() => void queries.invalidateQueries(), TRY_MS);
    return () => clearInterval(timer);
  }, [isLost, queries]);
  if (!isLost) return null;
  return (
    <div role="status" className="connection-note">
      <Icon name="alert" /> Gleaner does not answer. What you see may be old; it is asked again every few seconds.
    </div>
  );
}
