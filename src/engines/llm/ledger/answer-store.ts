import type { Database } from "#platform/storage";

/** Answers that models gave, by question and model, until they are too old. */
export class AnswerStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null where there is none. */
  async find(questionHash: string, model: string, now: Date): Promise<unknown> {
    const row = await this.#db
      .selectFrom("llm_answer")
      .select("answer")
      .where("question_hash", "=", questionHash)
      .where("model", "=", model)
      .where("expires_at", ">", now)
      .executeTakeFirst();
    return row?.answer ?? null;
  }

  async put(
    questionHash: string,
    model: string,
    answer: unknown,
    times: { now: Date; expiresAt: Date },
  ): Promise<void> {
    const kept = { answer: JSON.stringify(answer), answered_at: times.now, expires_at: times.expiresAt };
    await this.#db
      .insertInto("llm_answer")
      .values({ question_hash: questionHash, model, ...kept })
      .onConflict((conflict) => conflict.columns(["question_hash", "model"]).doUpdateSet(kept))
      .execute();
  }

  /** How many were removed. */
  async removeExpired(now: Date): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom("llm_answer")
      .where("expires_at", "<=", now)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}
