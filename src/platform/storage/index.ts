export { executorOf, type Database, type OpenDatabase, type SqlExecutor } from "./database.ts";
export { rowSet, type RowTypes } from "./row-set.ts";
export { openDatabase, type DatabaseOptions } from "./open-database.ts";
export { migrate } from "./migrate.ts";
export type { Schema } from "./schema/index.ts";
export type { ArtifactTable } from "./schema/artifacts.ts";
export type {
  ApiKeyTable,
  AttentionTable,
  AuditEventTable,
  UserAccountTable,
  UserSessionTable,
} from "./schema/operators.ts";
export type { DeliveryTable } from "./schema/delivery.ts";
export type { DocumentTable } from "./schema/documents.ts";
export type { OpportunityRow, OpportunityEventRow, OpportunityLinkRow } from "./schema/opportunities.ts";
export type {
  InteractionTable,
  PortalLoginTable,
  PortalTable,
  ScrapeJobEventTable,
  ScrapeJobTable,
} from "./schema/portals.ts";
export type {
  HarvestRunTable,
  KnownPageTable,
  RecipeTable,
  RecipeEventTable,
  RecipeVersionTable,
  RunDetailTable,
  RunPageTable,
} from "./schema/harvest.ts";
export type { SubscriptionTable } from "./schema/subscriptions.ts";
export type { LlmAnswerTable, LlmCallTable } from "./schema/llm.ts";
export { copyDatabase, type CopyOptions } from "./copy-database.ts";
export { isUnopenable, resealTexts, type Resealed, type StoredSecret } from "./secrets/reseal-texts.ts";
export { SecretSeal } from "./secrets/secret-seal.ts";
export type { KeyRing, SecretKey } from "./secrets/key-ring.ts";
export { dropOlderKeys, loadKeyRing, rereadKeyRing, rotateKeyFile, type KeySource } from "./secrets/key-file.ts";
export type { Cache } from "./cache/cache.ts";
export { MemoryCache } from "./cache/memory-cache.ts";
export { RedisCache, type RedisCacheOptions } from "./cache/redis-cache.ts";
export {
  BadDatabaseUrl,
  BadSecretKey,
  DatabaseInUse,
  DatabaseIsNewer,
  DatabaseNotEmpty,
  DatabaseUnavailable,
  SecretAltered,
  SecretKeyLost,
} from "./errors.ts";
