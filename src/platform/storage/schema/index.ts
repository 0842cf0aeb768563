import type { ArtifactTables } from "./artifacts.ts";
import type { DeliveryTables } from "./delivery.ts";
import type { DocumentTables } from "./documents.ts";
import type { HarvestTables } from "./harvest.ts";
import type { LlmTables } from "./llm.ts";
import type { OperatorTables } from "./operators.ts";
import type { OpportunityTables } from "./opportunities.ts";
import type { PortalTables } from "./portals.ts";
import type { SignalTables } from "./signals.ts";
import type { SubscriptionTables } from "./subscriptions.ts";

/** Every table, in one place. Migrations are the truth; this mirrors them. */
export interface Schema
  extends
    ArtifactTables,
    DeliveryTables,
    DocumentTables,
    HarvestTables,
    LlmTables,
    OperatorTables,
    OpportunityTables,
    PortalTables,
    SignalTables,
    SubscriptionTables {}
