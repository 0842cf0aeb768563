import { useInfiniteQuery } from "@tanstack/react-query";
import { openMatters } from "./attention-queries.ts";

/** How many matters wait for a person, where there are any. */
export function WaitingCount() {
  const { data, hasNextPage } = useInfiniteQuery(openMatters);
  const count = data?.pages.flatMap(({ items }) => items).length ?? 0;
  if (count === 0) return null;
  return (
    <span className="nav-count mark mark-warn">
      {count}
      {hasNextPage && "+"} <span className="only-spoken">waiting</span>
    </span>
  );
}
