import { newId, sha256Hex } from "#kernel";
import type { FoundOpportunity, ListState, ReadOpportunity, Review, StoredOpportunity } from "../opportunity.ts";
import { reviewAfter } from "../review/review-rule.ts";
import { changesBetween, contentOf, withUnseen } from "./field-changes.ts";
import type { NewOpportunityEvent } from "./opportunity-event.ts";

export interface SightingContext {
  portalId: string;
  jobId: string;
  runId: string;
  /** The list that the job read. */
  listUrl: string;
  listState: ListState;
  /** Confidence below which a person is asked. */
  reviewBelow: number;
  now: Date;
}

/** An opportunity after a job saw it, and what happened to it by that. */
export interface Noted {
  after: StoredOpportunity;
  events: NewOpportunityEvent[];
  /** Whether any of its values is new: only then its like is looked for again. */
  isNews: boolean;
}

/** Nobody has looked, and nobody has to. */
const UNREVIEWED: Review = { state: "none", reasons: [], contentHash: null, by: null, at: null };

export function noteFirst(identity: string, found: FoundOpportunity, context: SightingContext): Noted {
  const id = newId();
  const after: StoredOpportunity = {
    ...readPart(found),
    ...seenIn(context),
    id,
    identity,
    portalId: context.portalId,
    firstSeenAt: context.now,
    changedAt: context.now,
    review: reviewAfter(UNREVIEWED, { ...found, corrections: {} }, context.reviewBelow),
    corrections: {},
  };
  const { now: at, jobId } = context;
  return { after, events: [{ opportunityId: id, at, kind: "first_seen", jobId }], isNews: true };
}

/** What came later than a newer sighting changes nothing that is known. */
export function noteAgain(before: StoredOpportunity, seen: FoundOpportunity, context: SightingContext): Noted {
  const { now: at, jobId, reviewBelow } = context;
  if (at < before.lastSeenAt) return { after: before, events: [], isNews: false };
  const found = readPart(withUnseen(before, seen));
  const changes = changesBetween(before, found);
  const after: StoredOpportunity = {
    ...before,
    ...found,
    ...seenIn(context),
    changedAt: changes.length > 0 ? at : before.changedAt,
    review: reviewAfter(before.review, { ...found, corrections: before.corrections }, reviewBelow),
  };
  const opportunityId = before.id;
  const returned: NewOpportunityEvent[] =
    before.vanishedAt === null ? [] : [{ opportunityId, at, kind: "returned", jobId }];
  const changed = changes.map(({ field, kind, before: old, after: now }): NewOpportunityEvent => ({
    ...{ opportunityId, at, kind, field, jobId },
    ...{ before: old, after: now },
  }));
  return { after, events: [...returned, ...changed], isNews: changes.length > 0 };
}

function readPart(found: FoundOpportunity): ReadOpportunity {
  const { opportunity, raw, evidence, verification, recordId, unclear, fieldConfidence, closesAt, detailFields } =
    found;
  return { opportunity, raw, evidence, verification, recordId, unclear, fieldConfidence, closesAt, detailFields };
}

function seenIn({ runId, listUrl, listState, now }: SightingContext) {
  return { runId, listUrl, listState, lastSeenAt: now, vanishedAt: null };
}

/** Tells two contents apart; what only says how sure or when is left out. */
export function hashOfContent(opportunity: FoundOpportunity["opportunity"]): string {
  return sha256Hex(contentOf(opportunity));
}
