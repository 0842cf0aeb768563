import type { Completeness } from "../api/resources.ts";
import { Mark } from "./mark.tsx";

/** What a run says about itself, first of all: complete, incomplete and why, or unknown. */
export function CompletenessBadge({ value, long = false }: { value: Completeness | null; long?: boolean }) {
  if (value === null) return <span className="muted">–</span>;
  const { state, reason } = value;
  const tone = state === "complete" ? "good" : state === "incomplete" ? "warn" : "plain";
  const icon = state === "complete" ? "check" : state === "incomplete" ? "alert" : "unknown";
  const why = state === "complete" ? "" : `: ${reason}`;
  return (
    <Mark tone={tone} icon={icon} title={`${state}: ${reason}`}>
      {long ? `${state}${why}` : state}
    </Mark>
  );
}
