import type { Portal } from "./portal.ts";
import { PLAIN_PORTALS } from "./portals/plain-portals.ts";

/** Every local portal, each with its truth. A file of portals is added here. */
export const ALL_PORTALS: readonly Portal[] = [...PLAIN_PORTALS];
