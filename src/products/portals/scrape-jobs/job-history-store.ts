import type { Selectable } from "kysely";
import type { Database, InteractionTable } from "#platform/storage";
import { storableJson, storableText } from "../storable-json.ts";
import { ACTIONS, TargetSchema, type Interaction } from "./interaction.ts";
import { JOB_EVENTS, type JobEvent, type NewJobEvent } from "./job-history.ts";

/** The history of jobs. Events are only ever added: a trigger refuses everything else. */
export class JobHistoryStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append(trx: Database, { jobId, at, kind, data }: NewJobEvent): Promise<void> {
    await trx
      .insertInto("scrape_job_event")
      .values({ job_id: jobId, at, kind, data: storableJson(data) })
      .execute();
  }

  /** In order. `after` is the id of the last event that is known already. */
  async events(
    jobId: string,
    { after = 0, limit }: { after?: number | undefined; limit: number },
  ): Promise<JobEvent[]> {
    const rows = await this.#db
      .selectFrom("scrape_job_event")
      .selectAll()
      .where("job_id", "=", jobId)
      .where("id", ">", after)
      .orderBy("id")
      .limit(limit)
      .execute();
    return rows.flatMap(({ id, at, kind: stored, data }) => {
      const kind = JOB_EVENTS.find((known) => known === stored);
      return kind ? [{ id, jobId, at, kind, data }] : [];
    });
  }

  /** Replaces the steps of a job. An attempt that goes on brings the steps of those before it along. */
  async keepInteractions(trx: Database, jobId: string, interactions: readonly Interaction[]): Promise<void> {
    await trx.deleteFrom("interaction").where("job_id", "=", jobId).execute();
    for (let at = 0; at < interactions.length; at += 500) {
      const rows = interactions.slice(at, at + 500).map((each) => ({
        job_id: jobId,
        step: each.step,
        at: each.at,
        action: each.action,
        description: storableText(each.description),
        target: each.target === null ? null : storableJson(each.target),
        result: each.result,
        error: each.error,
        screenshot: each.screenshot,
        duration_ms: each.durationMs,
        llm_tokens_used: each.llmTokensUsed,
      }));
      await trx.insertInto("interaction").values(rows).execute();
    }
  }

  async interactions(jobId: string, trx: Database = this.#db): Promise<Interaction[]> {
    const query = trx.selectFrom("interaction").selectAll().where("job_id", "=", jobId).orderBy("step");
    return (await query.execute()).map(fromRow);
  }
}

function fromRow(row: Selectable<InteractionTable>): Interaction {
  return {
    step: row.step,
    at: row.at,
    action: ACTIONS.find((action) => action === row.action) ?? "analyze",
    description: row.description,
    target: row.target === null ? null : TargetSchema.parse(row.target),
    result: row.result,
    error: row.error,
    screenshot: row.screenshot,
    durationMs: row.duration_ms,
    llmTokensUsed: row.llm_tokens_used,
  };
}
