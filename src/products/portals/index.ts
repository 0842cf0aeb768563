export {
  createPortals,
  SCRAPE_QUEUE,
  type Portals,
  type PortalSchedules,
  type PortalsDeps,
  type PortalsSettings,
} from "./create-portals.ts";
export {
  PortalConfigurationSchema,
  RequestedConfigurationSchema,
  type PortalConfiguration,
} from "./portals/configuration.ts";
export type { Portal, PortalStatus, PortalWish } from "./portals/portal.ts";
export type { LogInDesk, LogInReport } from "./logins/log-in-desk.ts";
export type { PortalLogIn } from "./logins/portal-login.ts";
export { SealedLogIns } from "./logins/portal-login-store.ts";
export { RefusalSchema } from "./logins/refusal.ts";
export type { PortalRegistry } from "./portals/portal-registry.ts";
export { RequestedScrapeSchema, ScrapeRequestSchema, type RequestedScrape } from "./scrape-jobs/scrape-request.ts";
export { isFinished, type ScrapeJob } from "./scrape-jobs/scrape-job.ts";
export { CompletenessSchema, ScrapeFailureSchema, ScrapeProgressSchema, WallSchema } from "./scrape-jobs/stored-job.ts";
export { JOB_EVENTS, type JobEvent } from "./scrape-jobs/job-history.ts";
export { documentedInteraction, DocumentedInteractionSchema } from "./scrape-jobs/interaction.ts";
export { documentedStatus, durationMs, errorOf } from "./scrape-jobs/job-view.ts";
export type { LiveDesk, LiveSeat } from "./live/live-desk.ts";
export type { LiveState, Viewer } from "./live/live-stage.ts";
export type { JobReport, ScrapeDesk } from "./scrape-jobs/scrape-desk.ts";
export {
  EvidenceByFieldSchema,
  OpportunityEvidenceSchema,
  OpportunitySchema,
  type Opportunity,
  type StoredOpportunity,
} from "./opportunities/opportunity.ts";
export { SORTS as OPPORTUNITY_SORTS, type OpportunityFilter } from "./opportunities/opportunity-query.ts";
export type { OpportunityCatalogue, OpportunityList } from "./opportunities/opportunity-catalogue.ts";
export { PortalRetention, type ForgetOptions } from "./retention/portal-retention.ts";
