import type { Portal } from "../api/resources.ts";
import { Mark } from "../elements/mark.tsx";

/** Whether a portal is looked at by itself, and if not, why. */
export function PortalStateMark({ portal: { paused, watched, consecutiveFailures } }: { portal: Portal }) {
  if (paused) {
    return (
      <Mark tone="warn" icon="pause" title={paused.reason}>
        paused
      </Mark>
    );
  }
  if (consecutiveFailures > 0) {
    return (
      <Mark tone="bad" icon="alert" title="Jobs in a row that failed">
        failed {consecutiveFailures}×
      </Mark>
    );
  }
  return watched ? <Mark tone="good">watched</Mark> : <Mark tone="plain">by hand</Mark>;
}
