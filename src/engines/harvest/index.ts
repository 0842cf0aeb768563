export { Harvester, type HarvesterOptions } from "./harvester.ts";
export type {
  HarvestRequest,
  HarvestResult,
  HarvestWall,
  LearnOutcome,
  LearnRequest,
  ListHints,
  LogInTrial,
  Transport,
} from "./harvest-request.ts";
export type { HealOutcome } from "./healing/heal-stored.ts";
export type { HealComparison, HealLedger, HealVerdict } from "./healing/heal-ledger.ts";
export type { HealEntry, HealState } from "./healing/heal-event.ts";
export type { HealedRecord } from "./healing/heal-sample.ts";
export type { Adoption, AdoptRequest } from "./learning/adopt-recipe.ts";
export type { RecipeWay } from "./learning/prove-recipe.ts";
export type { Completeness, StopReason } from "./completeness.ts";
export type { HarvestAlarm, HarvestProgress, HarvestStep, OnHarvestProgress } from "./progress.ts";
export type { Evidence, HarvestedRecord, RecordDetail } from "./records/harvested-record.ts";
export { ReadingThreads } from "./records/reading-threads.ts";
export { listedPages } from "./running/plan-run.ts";
export {
  EvidenceViewer,
  type EvidenceCheck,
  type EvidencePlace,
  type PictureOptions,
} from "./evidence/evidence-viewer.ts";
export type { EvidenceShot, ShotRequest } from "./evidence/screenshot-of.ts";
export type { Falsehood, VerifyFailure, VerifyOptions, VerifyReport } from "./evidence/verify-report.ts";
export {
  RecipeStore,
  type NewRecipe,
  type RecipeEvent,
  type RecipeOrigin,
  type RecipeSummary,
  type StoredRecipe,
} from "./recipes/recipe-store.ts";
export { LogInFailed } from "./logins/errors.ts";
export type { Credentials, LogIn, LogInRefusal } from "./logins/log-in.ts";
export { cookieHeader } from "./logins/session-cookies.ts";
export { SessionStateSchema, tidied, type SessionState } from "./logins/session-state.ts";
export { SealedRunStore } from "./runs/sealed-run-store.ts";
export { OldRunStore, type ForgetRunsOptions } from "./runs/old-run-store.ts";
export type { People, VisitorState } from "./people.ts";
export type { Pictures } from "./sources/page-source.ts";
export type { RunStore } from "./runs/run-store.ts";
export type { HarvestRun, RunOutcome, RunRequest } from "./runs/run.ts";
export {
  BadHarvestRequest,
  EvidenceGone,
  EvidenceNotFound,
  HealDecided,
  HealNotFound,
  HealOutdated,
  NeedsBrowser,
  NoEvidenceStored,
  NotHtml,
  RecipeNotFound,
  RunFinished,
  RunNotFound,
  RunTakenOver,
} from "./errors.ts";
export { wallOf } from "./sources/page-wall.ts";
