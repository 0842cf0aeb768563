import type { ReactNode } from "react";
import { useMay, type Role } from "./session-queries.ts";

/** Shows what only some may use to those who may. */
export function Allowed({ to, children }: { to: Role; children: ReactNode }) {
  return useMay(to) && <>{children}</>;
}
