export { Harvester, type HarvesterOptions } from "./harvester.ts";
export type {
  HarvestRequest,
  HarvestResult,
  HarvestWall,
  LearnOutcome,
  LearnRequest,
  Transport,
} from "./harvest-request.ts";
export type { Completeness, StopReason } from "./completeness.ts";
export type { HarvestAlarm, HarvestProgress, HarvestStep, OnHarvestProgress } from "./progress.ts";
export type { Evidence, HarvestedRecord, RecordDetail } from "./records/harvested-record.ts";
export type { Falsehood, VerifyFailure, VerifyOptions, VerifyReport } from "./evidence/verify-report.ts";
