import type { Job } from "../api/resources.ts";
import type { IconName } from "../elements/icon.tsx";
import { Mark, type Tone } from "../elements/mark.tsx";

const STATES: Readonly<Record<Job["state"], { tone: Tone; icon: IconName; name: string }>> = {
  queued: { tone: "plain", icon: "jobs", name: "queued" },
  running: { tone: "busy", icon: "play", name: "running" },
  paused: { tone: "plain", icon: "pause", name: "paused" },
  needs_person: { tone: "warn", icon: "people", name: "needs a person" },
  completed: { tone: "good", icon: "check", name: "completed" },
  incomplete: { tone: "warn", icon: "alert", name: "incomplete" },
  failed: { tone: "bad", icon: "close", name: "failed" },
  cancelled: { tone: "plain", icon: "stop", name: "cancelled" },
};

export function JobStateMark({ state }: { state: Job["state"] }) {
  const { tone, icon, name } = STATES[state];
  return (
    <Mark tone={tone} icon={icon}>
      {name}
    </Mark>
  );
}

/** Whether nothing more will happen to it. */
export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state === "completed" || state === "incomplete" || state === "failed" || state === "cancelled";
}
