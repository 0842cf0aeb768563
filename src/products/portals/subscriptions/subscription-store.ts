import type { Selectable } from "kysely";
import type { Database, SubscriptionTable } from "#platform/storage";
import { SubscriptionNotFound } from "../errors.ts";
import { storableJson } from "../storable-json.ts";
import { SUBSCRIPTION_EVENTS, SubscriptionFilterSchema, type Subscription } from "./subscription.ts";

/** One message to a subscriber, and what became of it. */
export interface Notice {
  id: string;
  kind: "at_once" | "digest" | "test";
  /** How many pieces of news were in it. */
  changes: number;
  createdAt: Date;
  delivery: {
    id: string;
    /** Null once it is so old that its delivery was cleared away. */
    state: "pending" | "delivered" | "dead" | null;
    attempts: number;
    lastError: string | null;
    deliveredAt: Date | null;
  };
}

export class SubscriptionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async add(subscription: Subscription): Promise<void> {
    const { id, createdBy: created_by, createdAt: created_at } = subscription;
    await this.#db
      .insertInto("subscription")
      .values({ id, created_by, created_at, ...toRow(subscription) })
      .execute();
  }

  async get(id: string): Promise<Subscription> {
    const row = await this.#db.selectFrom("subscription").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new SubscriptionNotFound(id);
    return fromRow(row);
  }

  /** By name. */
  async list(): Promise<Subscription[]> {
    const rows = await this.#db.selectFrom("subscription").selectAll().orderBy("name").orderBy("id").execute();
    return rows.map(fromRow);
  }

  /** Those that are not paused. */
  async active(trx: Database): Promise<Subscription[]> {
    const rows = await trx
      .selectFrom("subscription")
      .selectAll()
      .where("paused_at", "is", null)
      .orderBy("id")
      .execute();
    return rows.map(fromRow);
  }

  async dueDigests(now: Date): Promise<string[]> {
    const rows = await this.#db
      .selectFrom("subscription")
      .select("id")
      .where("next_digest_at", "<=", now)
      .orderBy("next_digest_at")
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Applies a rule under the row lock and does `also` in the same transaction. */
  async change(
    id: string,
    rule: (current: Subscription) => Subscription,
    also: (current: Subscription, trx: Database) => Promise<void> = () => Promise.resolve(),
  ): Promise<Subscription> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("subscription").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
      if (!row) throw new SubscriptionNotFound(id);
      const current = fromRow(row);
      await also(current, trx);
      const next = rule(current);
      await trx.updateTable("subscription").set(toRow(next)).where("id", "=", id).execute();
      return next;
    });
  }

  async remove(id: string): Promise<void> {
    const removed = await this.#db.deleteFrom("subscription").where("id", "=", id).executeTakeFirst();
    if (removed.numDeletedRows === 0n) throw new SubscriptionNotFound(id);
  }

  async addNotice(trx: Database, subscriptionId: string, notice: Omit<Notice, "delivery"> & { deliveryId: string }) {
    const { id, kind, changes, createdAt, deliveryId } = notice;
    await trx
      .insertInto("subscription_notice")
      .values({ id, subscription_id: subscriptionId, kind, changes, delivery_id: deliveryId, created_at: createdAt })
      .execute();
  }

  /** Newest first. */
  async notices(subscriptionId: string, limit: number): Promise<Notice[]> {
    const rows = await this.#db
      .selectFrom("subscription_notice as notice")
      .leftJoin("delivery", "delivery.id", "notice.delivery_id")
      .select(["notice.id", "notice.kind", "notice.changes", "notice.created_at", "notice.delivery_id"])
      .select(["delivery.state", "delivery.attempts", "delivery.last_error", "delivery.delivered_at"])
      .where("notice.subscription_id", "=", subscriptionId)
      .orderBy("notice.created_at", "desc")
      .orderBy("notice.id", "desc")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      changes: row.changes,
      createdAt: row.created_at,
      delivery: {
        id: row.delivery_id,
        state: row.state,
        attempts: row.attempts ?? 0,
        lastError: row.last_error,
        deliveredAt: row.delivered_at,
      },
    }));
  }

  async forgetNotices(before: Date): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom("subscription_notice")
      .where("created_at", "<", before)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  async withSecrets(): Promise<{ id: string; secret: string }[]> {
    const rows = await this.#db
      .selectFrom("subscription")
      .select(["id", "secret"])
      .where("secret", "is not", null)
      .execute();
    return rows.map(({ id, secret }) => ({ id, secret: secret ?? "" }));
  }

  /** Unless somebody else changed it meanwhile. */
  async replaceSecret(id: string, from: string, to: string): Promise<void> {
    const row = this.#db.updateTable("subscription").set({ secret: to });
    await row.where("id", "=", id).where("secret", "=", from).execute();
  }
}

function toRow(subscription: Subscription) {
  const { when, paused } = subscription;
  return {
    name: subscription.name,
    filter: storableJson(subscription.filter),
    events: [...subscription.events],
    cadence: when.cadence,
    hour: when.cadence === "daily" ? when.hour : null,
    timezone: when.cadence === "daily" ? when.timezone : "UTC",
    channel: subscription.channel,
    target: subscription.target,
    secret: subscription.secret,
    unsubscribe_key: subscription.unsubscribeKey,
    paused_at: paused?.at ?? null,
    paused_by: paused?.by ?? null,
    next_digest_at: subscription.nextDigestAt,
    updated_at: subscription.updatedAt,
  };
}

function fromRow(row: Selectable<SubscriptionTable>): Subscription {
  return {
    id: row.id,
    name: row.name,
    filter: SubscriptionFilterSchema.parse(row.filter),
    events: SUBSCRIPTION_EVENTS.filter((event) => row.events.includes(event)),
    when: row.hour === null ? { cadence: "at_once" } : { cadence: "daily", hour: row.hour, timezone: row.timezone },
    channel: row.channel,
    target: row.target,
    secret: row.secret,
    unsubscribeKey: row.unsubscribe_key,
    paused: row.paused_at && row.paused_by !== null ? { at: row.paused_at, by: row.paused_by } : null,
    nextDigestAt: row.next_digest_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
