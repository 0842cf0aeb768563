import type { Job } from "../api/resources.ts";
import { StateMark, type Look } from "../elements/mark.tsx";

const STATES: Readonly<Record<Job["state"], Look>> = {
  queued: { tone: "plain", icon: "jobs", name: "queued" },
  running: { tone: "busy", icon: "play", name: "running" },
  paused: { tone: "plain", icon: "pause", name: "paused" },
  needs_person: { tone: "warn", icon: "people", name: "needs a person" },
  completed: { tone: "good", icon: "check", name: "completed" },
  incomplete: { tone: "warn", icon: "alert", name: "incomplete" },
  failed: { tone: "bad", icon: "close", name: "failed" },
  cancelled: { tone: "plain", icon: "stop", name: "cancelled" },
};

export function isJobState(value: unknown): value is Job["state"] {
  return typeof value === "string" && Object.hasOwn(STATES, value);
}

/** Every state with its name, to choose from. */
export const JOB_STATES = Object.entries(STATES).map(([value, { name }]) => ({ value, label: name }));

export function JobStateMark({ state }: { state: Job["state"] }) {
  return <StateMark look={STATES[state]} />;
}

/** Whether nothing more will happen to it. */
export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state === "completed" || state === "incomplete" || state === "failed" || state === "cancelled";
}
