import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

/** A screen: its name, what can be done on it, and the rest. */
export function Screen({
  title,
  beside,
  actions,
  fill = false,
  children,
}: {
  title: string;
  beside?: ReactNode;
  actions?: ReactNode;
  /** The content scrolls by itself, within the window. */
  fill?: boolean;
  children: ReactNode;
}) {
  useDocumentTitle(`${title} · Gleaner`);
  return (
    <div className={fill ? "screen screen-fill" : "screen"}>
      <header className="screen-head">
        <h1>{title}</h1>
        <div className="screen-beside">{beside}</div>
        <div className="screen-actions">{actions}</div>
      </header>
      {children}
    </div>
  );
}
