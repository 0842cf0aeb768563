import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "good" | "warn" | "bad" | "busy" | "plain";

/** How a state shows. */
export interface Look {
  tone: Tone;
  icon: IconName;
  name: string;
}

export function StateMark({ look: { tone, icon, name } }: { look: Look }) {
  return (
    <Mark tone={tone} icon={icon}>
      {name}
    </Mark>
  );
}

/** A small label of a state: colour, drawing and word say the same. */
export function Mark({
  tone,
  icon,
  title,
  children,
}: {
  tone: Tone;
  icon?: IconName;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`mark mark-${tone}`} title={title}>
      {icon && <Icon name={icon} size={13} />}
      <span className="mark-text">{children}</span>
    </span>
  );
}
