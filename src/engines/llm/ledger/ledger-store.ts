import { sql, type Selectable } from "kysely";
import type { Database, LlmCallTable } from "#platform/storage";
import type { AskScope } from "../asking/question.ts";
import type { Accounts, Spending } from "../limits/budget.ts";
import type { CallEnd, LedgerLine, LedgerTotal, ModelCall } from "./model-call.ts";

/** Reservations take turns under this lock, in every process on this database. */
const BUDGET_LOCK = 70_315_008;

/** Keeps the ledger of questions and, in the same rows, what is reserved for those under way. */
export class LedgerStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Writes a line that holds `wanted`, if `demand` does not throw at what the accounts hold by now. */
  async reserve(call: ModelCall, wanted: Spending, demand: (accounts: Accounts) => void): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${BUDGET_LOCK}::bigint)`.execute(trx);
      demand(await accountsOf(trx, call.scope, startOfDay(call.at)));
      await trx
        .insertInto("llm_call")
        .values({ ...toRow(call), outcome: "reserved", held_tokens: wanted.tokens, held_microusd: wanted.microUsd })
        .execute();
    });
  }

  /** Reserves more for a question under way, for a repair. */
  async reserveMore(call: ModelCall, wanted: Spending, demand: (accounts: Accounts) => void): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${BUDGET_LOCK}::bigint)`.execute(trx);
      demand(await accountsOf(trx, call.scope, startOfDay(call.at)));
      await trx
        .updateTable("llm_call")
        .set((row) => ({
          held_tokens: row("held_tokens", "+", wanted.tokens),
          held_microusd: row("held_microusd", "+", wanted.microUsd),
        }))
        .where("id", "=", call.id)
        .execute();
    });
  }

  /** What was really taken replaces what was reserved. */
  async settle(id: string, end: CallEnd): Promise<void> {
    await this.#db.updateTable("llm_call").set(toEnd(end)).where("id", "=", id).execute();
  }

  /** A line for an answer that needed no reservation. */
  async add(call: ModelCall, end: CallEnd): Promise<void> {
    await this.#db
      .insertInto("llm_call")
      .values({ ...toRow(call), ...toEnd(end) })
      .execute();
  }

  /** Newest first. */
  async list(scope: AskScope, limit: number): Promise<LedgerLine[]> {
    let query = this.#db.selectFrom("llm_call").selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(limit);
    if (scope.jobId !== undefined) query = query.where("job_id", "=", scope.jobId);
    if (scope.portalId !== undefined) query = query.where("portal_id", "=", scope.portalId);
    if (scope.recordId !== undefined) query = query.where("record_id", "=", scope.recordId);
    return (await query.execute()).map(fromRow);
  }

  async total(scope: AskScope & { since?: Date }): Promise<LedgerTotal> {
    let query = this.#db
      .selectFrom("llm_call")
      .select([
        sql<number>`count(*)::float8`.as("questions"),
        sql<number>`(count(*) filter (where outcome = 'cached'))::float8`.as("cached"),
        sql<number>`(count(*) filter (where outcome = 'failed'))::float8`.as("failed"),
        sql<number>`coalesce(sum(requests), 0)::float8`.as("requests"),
        sql<number>`coalesce(sum(input_tokens), 0)::float8`.as("inputTokens"),
        sql<number>`coalesce(sum(output_tokens), 0)::float8`.as("outputTokens"),
        sql<number>`coalesce(sum(microusd), 0)::float8`.as("microUsd"),
      ]);
    if (scope.jobId !== undefined) query = query.where("job_id", "=", scope.jobId);
    if (scope.portalId !== undefined) query = query.where("portal_id", "=", scope.portalId);
    if (scope.recordId !== undefined) query = query.where("record_id", "=", scope.recordId);
    if (scope.since !== undefined) query = query.where("at", ">=", scope.since);
    return query.executeTakeFirstOrThrow();
  }
}

async function accountsOf(db: Database, { jobId, portalId }: AskScope, dayStart: Date): Promise<Accounts> {
  const spent = async (condition: ReturnType<typeof sql<boolean>>): Promise<Spending> =>
    db
      .selectFrom("llm_call")
      .select([
        sql<number>`coalesce(sum(held_tokens), 0)::float8`.as("tokens"),
        sql<number>`coalesce(sum(held_microusd), 0)::float8`.as("microUsd"),
      ])
      .where(condition)
      .executeTakeFirstOrThrow();
  return {
    job: jobId === undefined ? null : await spent(sql<boolean>`job_id = ${jobId}`),
    portal: portalId === undefined ? null : await spent(sql<boolean>`portal_id = ${portalId} and at >= ${dayStart}`),
    day: await spent(sql<boolean>`at >= ${dayStart}`),
  };
}

function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}

function toRow({ id, at, scope, purpose, provider, model, questionHash, pictures }: ModelCall) {
  const { jobId = null, portalId = null, recordId = null } = scope;
  const account = { job_id: jobId, portal_id: portalId, record_id: recordId };
  return { id, at, ...account, purpose, provider, model, question_hash: questionHash, pictures };
}

function toEnd(end: CallEnd) {
  return {
    outcome: end.outcome,
    error: end.error,
    requests: end.requests,
    repairs: end.repairs,
    input_tokens: end.inputTokens,
    output_tokens: end.outputTokens,
    microusd: end.microUsd,
    duration_ms: Math.round(end.durationMs),
    held_tokens: end.inputTokens + end.outputTokens,
    held_microusd: end.microUsd ?? 0,
  };
}

function fromRow(row: Selectable<LlmCallTable>): LedgerLine {
  const { job_id: jobId, portal_id: portalId, record_id: recordId } = row;
  return {
    id: row.id,
    at: row.at,
    scope: {
      ...(jobId === null ? {} : { jobId }),
      ...(portalId === null ? {} : { portalId }),
      ...(recordId === null ? {} : { recordId }),
    },
    purpose: row.purpose,
    provider: row.provider,
    model: row.model,
    questionHash: row.question_hash,
    pictures: row.pictures,
    outcome: row.outcome,
    error: row.error,
    requests: row.requests,
    repairs: row.repairs,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    microUsd: row.microusd,
    durationMs: row.duration_ms,
  };
}
