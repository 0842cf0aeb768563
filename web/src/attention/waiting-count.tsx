import { useQuery } from "@tanstack/react-query";
import { openMatters } from "./attention-queries.ts";

/** How many matters wait for a person, where there are any. */
export function WaitingCount() {
  const { data = [] } = useQuery(openMatters);
  if (data.length === 0) return null;
  return (
    <span className="nav-count mark mark-warn">
      {data.length} <span className="only-spoken">waiting</span>
    </span>
  );
}
