export { copyStore, migrateStore, type CopyOptions } from "./manage-database.ts";
export { extractBatch, type BatchOptions, type BatchResult } from "./batch-extraction.ts";
export {
  harvestSource,
  learnSource,
  parseFieldWish,
  verifyRun,
  type FinishedHarvest,
  type HarvestSourceOptions,
  type LearnSourceOptions,
  type ReachOptions,
} from "./harvest-source.ts";
export { cleanUpStore, rotateSeal } from "./manage-upkeep.ts";
export type { CleanUpReport } from "./clean-up.ts";
export type { RotationReport } from "./seal-rotation.ts";
export { KEY_ROLES, openKeys, type KeyDesk, type KeyRole, type ListedKey } from "./manage-keys.ts";
export { openDeadLetters, type DeadLetterDesk, type ListedLetter } from "./manage-dead-letters.ts";
export { openUsers, USER_ROLES, type ListedUser, type UserDesk, type UserRole } from "./manage-users.ts";
export { runDemo, type DemoOutcome, type DemoProgress, type RunningDemo } from "./run-demo.ts";
export { startServer, type RunningServer, type ServeOptions } from "./start-server.ts";
export { VERSION } from "./version.ts";
export type { HarvestedRecord, HarvestProgress, HarvestResult } from "#engines/harvest";
