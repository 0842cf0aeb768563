import type { Heal } from "../api/resources.ts";
import type { IconName } from "../elements/icon.tsx";
import { Mark, type Tone } from "../elements/mark.tsx";

const STATES: Readonly<Record<Heal["state"], { tone: Tone; icon: IconName; name: string }>> = {
  healed: { tone: "good", icon: "check", name: "healed with proof" },
  waiting: { tone: "warn", icon: "people", name: "waits for you" },
  approved: { tone: "good", icon: "check", name: "approved" },
  rejected: { tone: "plain", icon: "close", name: "rejected" },
  undone: { tone: "plain", icon: "close", name: "taken back" },
  outdated: { tone: "plain", icon: "unknown", name: "outdated" },
};

export function HealStateMark({ state }: { state: Heal["state"] }) {
  const { tone, icon, name } = STATES[state];
  return (
    <Mark tone={tone} icon={icon}>
      {name}
    </Mark>
  );
}
