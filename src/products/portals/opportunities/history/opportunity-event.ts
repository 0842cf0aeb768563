import { z } from "zod";
import type { OpportunityEvidence } from "../opportunity.ts";

/**
 * What may happen to an opportunity. `deadline_amended` is a changed closing date that names another day or hour; `reread`
 * is a value that Gleaner reads otherwise while the words of the page are the same.
 */
export const OPPORTUNITY_EVENTS = [
  "first_seen",
  "changed",
  "deadline_amended",
  "reread",
  "vanished",
  "returned",
  "accepted",
  "corrected",
  "correction_withdrawn",
  "rejected",
  "link_confirmed",
  "link_split",
] as const;
export const OpportunityEventKind = z.enum(OPPORTUNITY_EVENTS);

/** One thing that happened, to be written. */
export interface NewOpportunityEvent {
  opportunityId: string;
  at: Date;
  kind: z.infer<typeof OpportunityEventKind>;
  field?: string;
  before?: FieldState;
  after?: FieldState;
  jobId?: string;
  /** Who did it; absent where a run saw it. */
  actor?: string;
  note?: string;
}

/** A value at one time: with the words of the page and their places where a page said it. */
export interface FieldState {
  value: unknown;
  quote: string | null;
  evidence: readonly OpportunityEvidence[];
}
