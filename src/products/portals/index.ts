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
export { settingsVersion } from "./portals/settings-version.ts";
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
  CorrectionsSchema,
  EvidenceByFieldSchema,
  OpportunityEvidenceSchema,
  OpportunitySchema,
  REVIEW_STATES,
  UnclearSchema,
  type Opportunity,
  type StoredOpportunity,
} from "./opportunities/opportunity.ts";
export { SORTS as OPPORTUNITY_SORTS, type OpportunityFilter } from "./opportunities/opportunity-query.ts";
export type { OpportunityCatalogue, OpportunityList } from "./opportunities/opportunity-catalogue.ts";
export { OPPORTUNITY_EVENTS } from "./opportunities/history/opportunity-event.ts";
export type { OpportunityEvent } from "./opportunities/history/history-store.ts";
export type { OpportunityLink } from "./opportunities/links/link-store.ts";
export type { ReviewDecision } from "./opportunities/review/decide-review.ts";
export type { ReviewDesk } from "./opportunities/review/review-desk.ts";
export { highlightsIn } from "./opportunities/search/search-query.ts";
export { releaseOf, type OcdsPublisher, type OcdsRelease } from "./opportunities/ocds/ocds-release.ts";
export type { SavedView, SavedViewStore } from "./saved-views/saved-view-store.ts";
export type { PortalHealth, PortalHealthStore } from "./statistics/portal-health-store.ts";
export type { StatisticsStore } from "./statistics/statistics-store.ts";
export type { HealDesk, PortalHeal } from "./healing/heal-desk.ts";
export { PortalRetention, type ForgetOptions } from "./retention/portal-retention.ts";
export type { Documents } from "./documents/create-documents.ts";
export { DOCUMENT_STATES, type StoredDocument } from "./documents/document.ts";
export { DocumentRetention } from "./documents/document-retention.ts";
export type { DocumentHit, DocumentShelf, ListedDocument } from "./documents/document-shelf.ts";
export type { OpenDocumentClient } from "./documents/fetch-document.ts";
export type { Subscriptions } from "./subscriptions/create-subscriptions.ts";
export { SealedSubscriptions } from "./subscriptions/sealed-subscriptions.ts";
export {
  NewSubscriptionSchema,
  SUBSCRIPTION_EVENTS,
  SubscriptionChangeSchema,
  SubscriptionFilterSchema,
  type Subscription,
} from "./subscriptions/subscription.ts";
export type { SubscriptionDesk } from "./subscriptions/subscription-desk.ts";
export { SubscriptionRetention } from "./subscriptions/subscription-retention.ts";
export type { Notice } from "./subscriptions/subscription-store.ts";
