import type { ColumnType, Generated } from "kysely";

/** One question to one model. Never what was asked. */
export interface LlmCallTable {
  id: string;
  at: Date;
  job_id: string | null;
  portal_id: string | null;
  record_id: string | null;
  purpose: string;
  provider: string;
  model: string;
  question_hash: string;
  pictures: number;
  outcome: "reserved" | "answered" | "cached" | "failed";
  /** Stable code of the failure. */
  error: string | null;
  requests: Generated<number>;
  repairs: Generated<number>;
  input_tokens: Generated<number>;
  output_tokens: Generated<number>;
  /** Millionths of a US dollar; null where the price is not known. */
  microusd: number | null;
  duration_ms: Generated<number>;
  /** What counts against budgets: what was reserved, then what was taken. */
  held_tokens: number;
  held_microusd: number;
}

/** An answer that may be given again to the same question. */
export interface LlmAnswerTable {
  question_hash: string;
  model: string;
  answer: ColumnType<unknown, string, string>;
  answered_at: Date;
  expires_at: Date;
}

export interface LlmTables {
  llm_answer: LlmAnswerTable;
  llm_call: LlmCallTable;
}
