import type { Portal } from "./portal.ts";
import { BOROUGH_PORTALS, PART_PORTALS } from "./portals/borough-portals.ts";
import { ENDING_PORTALS } from "./portals/ending-portals.ts";
import { ENDPOINT_PORTALS } from "./portals/endpoint-portals.ts";
import { GUARDED_PORTALS } from "./portals/guarded-portals.ts";
import { MODEL_PORTALS } from "./portals/model-portals.ts";
import { PLAIN_PORTALS } from "./portals/plain-portals.ts";
import { SCRIPTED_PORTALS } from "./portals/scripted-portals.ts";
import { SEARCHED_PORTALS } from "./portals/searched-portals.ts";
import { SIGNED_IN_PORTALS } from "./portals/signed-in-portals.ts";

/** Every local portal, each with its truth. A file of portals is added here. */
export const ALL_PORTALS: readonly Portal[] = [
  ...PLAIN_PORTALS,
  ...BOROUGH_PORTALS,
  ...PART_PORTALS,
  ...ENDING_PORTALS,
  ...SCRIPTED_PORTALS,
  ...ENDPOINT_PORTALS,
  ...GUARDED_PORTALS,
  ...SEARCHED_PORTALS,
  ...SIGNED_IN_PORTALS,
  ...MODEL_PORTALS,
];
