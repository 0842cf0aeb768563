export { executorOf, type Database, type OpenDatabase, type SqlExecutor } from "./database.ts";
export { openDatabase, type DatabaseOptions } from "./open-database.ts";
export { migrate } from "./migrate.ts";
export type { Schema } from "./schema/index.ts";
export type { ArtifactTable } from "./schema/artifacts.ts";
export type { ApiKeyTable, AttentionTable, AuditEventTable } from "./schema/operators.ts";
export type { DeliveryTable } from "./schema/delivery.ts";
export type {
  InteractionTable,
  OpportunityTable,
  PortalTable,
  ScrapeJobEventTable,
  ScrapeJobTable,
} from "./schema/portals.ts";
export type {
  HarvestRunTable,
  KnownPageTable,
  RecipeTable,
  RecipeVersionTable,
  RunDetailTable,
  RunPageTable,
} from "./schema/harvest.ts";
