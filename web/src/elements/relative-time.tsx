import { exactly, relativeTo } from "./instant.ts";
import { useNow } from "./now.ts";

/** When something was, as people say it; exactly on hover. Absent times are a dash. */
export function RelativeTime({ at, none = "–" }: { at: string | null; none?: string }) {
  const now = useNow();
  if (at === null) return <span className="muted">{none}</span>;
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={exactly(ms)}>
      {relativeTo(ms, now)}
    </time>
  );
}
