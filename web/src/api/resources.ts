import type { components, operations } from "./api-schema.d.ts";

type Schemas = components["schemas"];

/** Where it was looked for by words, with the places of these. */
export type Opportunity = Schemas["StoredOpportunity"] & { highlights?: Record<string, number[][]> };
/** Its evidence is asked for field by field. */
export type OpportunityDetail = Omit<
  operations["getOpportunity"]["responses"][200]["content"]["application/json"],
  "evidence"
>;
/** A value at one time; its places are asked for elsewhere. */
interface FieldState {
  value?: unknown;
  quote: string | null;
}
export type OpportunityEvent = Omit<Schemas["OpportunityEvent"], "before" | "after"> & {
  before: FieldState | null;
  after: FieldState | null;
};
export type OpportunityLink = Schemas["OpportunityLink"];
export type OpportunityQuery = NonNullable<operations["listOpportunities"]["parameters"]["query"]>;
export type DocumentHit = Omit<Schemas["DocumentHit"], "highlights"> & { highlights: number[][] };
export type ListedDocument =
  operations["listDocuments"]["responses"][200]["content"]["application/json"]["items"][number];
export type EvidencePlace = Omit<Schemas["EvidencePlace"], "range">;
export type Portal = Schemas["Portal"];
export type PortalHealth = Schemas["PortalHealth"];
export type PortalLogIn = Schemas["PortalLogIn"];
export type LogInReport = Schemas["LogInReport"];
export type Job = Schemas["Job"];
export type Heal = Schemas["Heal"];
export type HealComparison = Schemas["HealComparison"];
export type Statistics = operations["readStatistics"]["responses"][200]["content"]["application/json"];
export type Run = Schemas["Run"];
export type Completeness = NonNullable<Job["completeness"]>;
export type JobEvent = operations["listJobEvents"]["responses"][200]["content"]["application/json"]["items"][number];
export type Step = Schemas["Interaction"];
export type RecipeVersion = operations["getRecipe"]["responses"][200]["content"]["application/json"];
export type Session = Schemas["Session"];
export type Who = NonNullable<Session["who"]>;
export type OwnSession = Schemas["OwnSession"];
export type ApiKey = Schemas["ApiKey"];
export type User = Schemas["User"];
export type AuditEvent = Schemas["AuditEvent"];
export type Subscription = Schemas["Subscription"];
export type SubscriptionFilter = Subscription["filter"];
export type SubscriptionNotice = Schemas["SubscriptionNotice"];
export type NewSubscription = NonNullable<operations["addSubscription"]["requestBody"]>["content"]["application/json"];
export type AttentionItem = Schemas["AttentionItem"];
