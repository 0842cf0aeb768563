import type { AskScope } from "../asking/question.ts";

/** `reserved`: under way, or its process died; what it reserved stays spent. */
export type CallOutcome = "reserved" | "answered" | "cached" | "failed";

/** One question to one model: a line of the ledger. Never what was asked or answered. */
export interface ModelCall {
  readonly id: string;
  readonly at: Date;
  readonly scope: AskScope;
  readonly purpose: string;
  readonly provider: string;
  readonly model: string;
  readonly questionHash: string;
  readonly pictures: number;
}

/** How it ended. */
export interface CallEnd {
  readonly outcome: Exclude<CallOutcome, "reserved">;
  /** Stable code of the failure. */
  readonly error: string | null;
  /** Requests sent: 1, and one for each retry and repair. */
  readonly requests: number;
  readonly repairs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microUsd: number | null;
  readonly durationMs: number;
}

/** A line as it is read back. */
export type LedgerLine = ModelCall & Omit<CallEnd, "outcome"> & { readonly outcome: CallOutcome };

/** What a job, a portal, a record or a day took. */
export interface LedgerTotal {
  readonly questions: number;
  readonly cached: number;
  readonly failed: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microUsd: number;
}
