import { sql } from "kysely";
import type { Database } from "#platform/storage";
import type { Brake, Braked, BrakeRule } from "./sign-in-brake.ts";

type Rule = (rule: BrakeRule, before: Braked | null) => Braked;

export class SignInBrakeStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Counts a try against every brake, one try after the other. Where one of them is closed nothing is counted, and the answer is
   * until when; else null.
   */
  async take(brakes: readonly Brake[], now: Date, rule: Rule): Promise<Date | null> {
    return this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext('sign_in_brake'))`.execute(trx);
      const subjects = brakes.map(({ subject }) => subject);
      const rows = await trx.selectFrom("sign_in_brake").selectAll().where("subject", "in", subjects).execute();
      const closed = rows.map((row) => row.closed_until).filter((until) => until > now);
      if (closed.length > 0) return new Date(Math.max(...closed.map((until) => until.getTime())));
      for (const brake of brakes) {
        const row = rows.find(({ subject }) => subject === brake.subject);
        const before = row ? { failures: row.failures, failedAt: row.failed_at, closedUntil: row.closed_until } : null;
        const { failures, failedAt, closedUntil } = rule(brake.rule, before);
        const values = { failures, failed_at: failedAt, closed_until: closedUntil };
        await trx
          .insertInto("sign_in_brake")
          .values({ subject: brake.subject, ...values })
          .onConflict((conflict) => conflict.column("subject").doUpdateSet(values))
          .execute();
      }
      return null;
    });
  }

  /** The try was right: it and what came before it is forgotten for the account; an address only takes this one try back. */
  async release(brakes: readonly Brake[], now: Date): Promise<void> {
    const own = brakes.filter(({ subject }) => !subject.startsWith("address ")).map(({ subject }) => subject);
    const others = brakes.filter(({ subject }) => subject.startsWith("address ")).map(({ subject }) => subject);
    if (own.length > 0) await this.#db.deleteFrom("sign_in_brake").where("subject", "in", own).execute();
    if (others.length === 0) return;
    await this.#db.deleteFrom("sign_in_brake").where("subject", "in", others).where("failures", "<=", 1).execute();
    await this.#db
      .updateTable("sign_in_brake")
      .set((eb) => ({ failures: eb("failures", "-", 1), closed_until: now }))
      .where("subject", "in", others)
      .execute();
  }

  async forgetBefore(time: Date): Promise<void> {
    await this.#db.deleteFrom("sign_in_brake").where("failed_at", "<", time).execute();
  }
}
