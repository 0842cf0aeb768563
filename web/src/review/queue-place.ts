import { useEffect, useRef } from "react";

interface Queue {
  ids: readonly string[];
  at: string | undefined;
  go: (id: string) => void;
}

/** Which entry of a queue is looked at, and how keys move on: after a decision the next one is there. */
export function useQueuePlace({ ids, at, go }: Queue) {
  const last = useRef(0);
  const found = at === undefined ? 0 : ids.indexOf(at);
  const place = found >= 0 ? found : Math.min(last.current, Math.max(0, ids.length - 1));
  useEffect(() => {
    last.current = place;
  }, [place]);
  const move = (by: number) => {
    const next = ids[Math.max(0, Math.min(ids.length - 1, place + by))];
    if (next !== undefined) go(next);
  };
  return { id: ids[place], place, next: () => move(1), previous: () => move(-1) };
}
