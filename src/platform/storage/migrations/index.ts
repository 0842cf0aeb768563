import type { Kysely } from "kysely";
import * as artifacts from "./0001-artifacts.ts";
import * as operators from "./0002-operators.ts";
import * as delivery from "./0003-delivery.ts";
import * as harvest from "./0004-harvest.ts";
import * as portals from "./0005-portals.ts";
import * as signals from "./0006-signals.ts";
import * as upkeep from "./0007-upkeep.ts";
import * as llm from "./0008-llm.ts";
import * as hashChecks from "./0009-hash-checks.ts";
import * as users from "./0010-users.ts";
import * as attendedWalls from "./0011-attended-walls.ts";
import * as opportunities from "./0012-opportunities.ts";
import * as documents from "./0013-documents.ts";
import * as portalLogins from "./0014-portal-logins.ts";
import * as healDecisions from "./0015-heal-decisions.ts";
import * as pausedJobs from "./0016-paused-jobs.ts";
import * as runManifests from "./0017-run-manifests.ts";
import * as olderRuns from "./0018-older-runs.ts";
import * as arrivedDeliveries from "./0019-arrived-deliveries.ts";
import * as pageDigests from "./0020-page-digests.ts";

export interface Migration {
  /** `NNNN-noun`, the name of its file. What was applied is known by this name: never rename one. */
  name: string;
  up(db: Kysely<any>): Promise<unknown>;
}

/** In order, without gaps. Forward only: what was released is never edited; a change is a new migration. */
export const MIGRATIONS: readonly Migration[] = [
  { name: "0001-artifacts", up: artifacts.up },
  { name: "0002-operators", up: operators.up },
  { name: "0003-delivery", up: delivery.up },
  { name: "0004-harvest", up: harvest.up },
  { name: "0005-portals", up: portals.up },
  { name: "0006-signals", up: signals.up },
  { name: "0007-upkeep", up: upkeep.up },
  { name: "0008-llm", up: llm.up },
  { name: "0009-hash-checks", up: hashChecks.up },
  { name: "0010-users", up: users.up },
  { name: "0011-attended-walls", up: attendedWalls.up },
  { name: "0012-opportunities", up: opportunities.up },
  { name: "0013-documents", up: documents.up },
  { name: "0014-portal-logins", up: portalLogins.up },
  { name: "0015-heal-decisions", up: healDecisions.up },
  { name: "0016-paused-jobs", up: pausedJobs.up },
  { name: "0017-run-manifests", up: runManifests.up },
  { name: "0018-older-runs", up: olderRuns.up },
  { name: "0019-arrived-deliveries", up: arrivedDeliveries.up },
  { name: "0020-page-digests", up: pageDigests.up },
];
