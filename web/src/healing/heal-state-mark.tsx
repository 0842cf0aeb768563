import type { Heal } from "../api/resources.ts";
import { StateMark, type Look } from "../elements/mark.tsx";

const STATES: Readonly<Record<Heal["state"], Look>> = {
  healed: { tone: "good", icon: "check", name: "healed with proof" },
  waiting: { tone: "warn", icon: "people", name: "waits for you" },
  approved: { tone: "good", icon: "check", name: "approved" },
  rejected: { tone: "plain", icon: "close", name: "rejected" },
  undone: { tone: "plain", icon: "close", name: "taken back" },
  outdated: { tone: "plain", icon: "unknown", name: "outdated" },
};

export function HealStateMark({ state }: { state: Heal["state"] }) {
  return <StateMark look={STATES[state]} />;
}
