import type { ExpressionBuilder, Selectable } from "kysely";
import type { Database, DeliveryTable, Schema } from "#platform/storage";
import type { Delivery } from "./delivery.ts";
import { DeliveryNotFound } from "./errors.ts";

export class DeliveryStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The id of the message with this idempotency key: the given one's, or that of the one that was there. */
  async insert(delivery: Delivery, trx: Database = this.#db): Promise<{ id: string; isNew: boolean }> {
    const inserted = await trx
      .insertInto("delivery")
      .values({ ...toRow(delivery), id: delivery.id, created_at: delivery.createdAt })
      .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (inserted) return { id: inserted.id, isNew: true };
    const { id } = await trx
      .selectFrom("delivery")
      .select("id")
      .where("idempotency_key", "=", delivery.idempotencyKey)
      .executeTakeFirstOrThrow();
    return { id, isNew: false };
  }

  async find(id: string): Promise<Delivery | null> {
    const row = await this.#db.selectFrom("delivery").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Applies a rule under the row lock and does `also` in the same transaction. */
  async change(
    id: string,
    rule: (current: Delivery) => Delivery,
    also: (next: Delivery, trx: Database) => Promise<void>,
  ): Promise<Delivery> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("delivery").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
      if (!row) throw new DeliveryNotFound(id);
      const next = rule(fromRow(row));
      await trx.updateTable("delivery").set(toRow(next)).where("id", "=", id).execute();
      await also(next, trx);
      return next;
    });
  }

  /** Newest first. */
  async dead(limit: number): Promise<Delivery[]> {
    const dead = this.#db.selectFrom("delivery").selectAll().where("state", "=", "dead");
    const rows = await dead.orderBy("died_at", "desc").orderBy("id", "desc").limit(limit).execute();
    return rows.map(fromRow);
  }

  /** False when there is none that is dead. */
  async removeDead(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom("delivery")
      .where("id", "=", id)
      .where("state", "=", "dead")
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async overdue(before: Date, limit: number): Promise<Delivery[]> {
    const pending = this.#db.selectFrom("delivery").selectAll().where("state", "=", "pending");
    const rows = await pending.where("next_attempt_at", "<", before).orderBy("next_attempt_at").limit(limit).execute();
    return rows.map(fromRow);
  }

  async countEnded(before: Date): Promise<number> {
    const row = await this.#db
      .selectFrom("delivery")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where(endedBefore(before))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  async removeEnded(before: Date): Promise<number> {
    const { numDeletedRows } = await this.#db.deleteFrom("delivery").where(endedBefore(before)).executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Each state has its own index: what is asked of one of them reads one row, however many messages there are. */
  async lastEnd(): Promise<Date | null> {
    const { delivered, died } = await this.#db
      .selectNoFrom((eb) => [
        eb
          .selectFrom("delivery")
          .select((own) => own.fn.max("delivered_at").as("at"))
          .where("state", "=", "delivered")
          .as("delivered"),
        eb
          .selectFrom("delivery")
          .select((own) => own.fn.max("died_at").as("at"))
          .where("state", "=", "dead")
          .as("died"),
      ])
      .executeTakeFirstOrThrow();
    const times = [delivered, died].flatMap((at) => (at ? [new Date(at).getTime()] : []));
    return times.length === 0 ? null : new Date(Math.max(...times));
  }

  /** All messages that carry secrets, a page at a time, for resealing. */
  async withSecrets(afterId: string, limit: number): Promise<{ id: string; secrets: string }[]> {
    const rows = await this.#db
      .selectFrom("delivery")
      .select(["id", "secrets"])
      .where("secrets", "is not", null)
      .where("id", ">", afterId)
      .orderBy("id")
      .limit(limit)
      .execute();
    return rows.map(({ id, secrets }) => ({ id, secrets: secrets ?? "" }));
  }

  /** Unless somebody else changed them meanwhile. */
  async replaceSecrets(id: string, from: string, to: string): Promise<void> {
    await this.#db
      .updateTable("delivery")
      .set({ secrets: to })
      .where("id", "=", id)
      .where("secrets", "=", from)
      .execute();
  }
}

/** With the states as the indexes name them, or neither would be used. */
function endedBefore(before: Date) {
  return (eb: ExpressionBuilder<Schema, "delivery">) =>
    eb.or([
      eb.and([eb("state", "=", "delivered"), eb("delivered_at", "<", before)]),
      eb.and([eb("state", "=", "dead"), eb("died_at", "<", before)]),
    ]);
}

function toRow(delivery: Delivery) {
  return {
    kind: delivery.kind,
    url: delivery.url,
    destination: delivery.destination,
    body: delivery.body,
    secrets: delivery.secrets,
    idempotency_key: delivery.idempotencyKey,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    last_error: delivery.lastError,
    last_status: delivery.lastStatus,
    delivered_at: delivery.deliveredAt,
    died_at: delivery.diedAt,
  };
}

function fromRow(row: Selectable<DeliveryTable>): Delivery {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    destination: row.destination,
    body: row.body,
    secrets: row.secrets,
    idempotencyKey: row.idempotency_key,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    lastError: row.last_error,
    lastStatus: row.last_status,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at,
    diedAt: row.died_at,
  };
}
