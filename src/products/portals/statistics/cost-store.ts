import { sql } from "kysely";
import type { Database } from "#platform/storage";

/** What models took, as their ledger has it. */
export interface Cost {
  /** Questions that went out; answers from the cache are none. */
  readonly questions: number;
  readonly cached: number;
  readonly failed: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where the price of a model that answered is not known. */
  readonly usd: number | null;
}

/** Reads what jobs cost from the ledger of models, without loading anything that could ask one. */
export class CostStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async ofJob(jobId: string): Promise<Cost> {
    const { microUsd, unpriced, ...counted } = await this.#db
      .selectFrom("llm_call")
      .select([
        sql<number>`(count(*) filter (where outcome <> 'cached'))::float8`.as("questions"),
        sql<number>`(count(*) filter (where outcome = 'cached'))::float8`.as("cached"),
        sql<number>`(count(*) filter (where outcome = 'failed'))::float8`.as("failed"),
        sql<number>`coalesce(sum(input_tokens), 0)::float8`.as("inputTokens"),
        sql<number>`coalesce(sum(output_tokens), 0)::float8`.as("outputTokens"),
        sql<number>`coalesce(sum(microusd), 0)::float8`.as("microUsd"),
        sql<number>`(count(*) filter (where outcome = 'answered' and microusd is null))::float8`.as("unpriced"),
      ])
      .where("job_id", "=", jobId)
      .executeTakeFirstOrThrow();
    return { ...counted, usd: unpriced > 0 ? null : microUsd / 1_000_000 };
  }
}
