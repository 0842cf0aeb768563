import { sql, type Selectable } from "kysely";
import type { AttentionTable, Database } from "#platform/storage";
import type { AttentionItem, OpenItem } from "./attention-item.ts";
import { AttentionNotFound } from "./errors.ts";

export interface AttentionPage {
  /** Null: all that is not resolved. */
  state: AttentionItem["state"] | null;
  limit: number;
  /** The last item of the page before. */
  after?: Pick<AttentionItem, "openedAt" | "id"> | undefined;
}

export class AttentionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The unresolved item of this kind and subject: the given one, or the one that was there. */
  async open(item: OpenItem, trx: Database = this.#db): Promise<AttentionItem> {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("attention")
      .values(toRow(item))
      .onConflict((conflict) => conflict.columns(["kind", "subject"]).where("state", "<>", "resolved").doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) return item;
    const row = await trx
      .selectFrom("attention")
      .selectAll()
      .where("kind", "=", item.kind)
      .where("subject", "=", item.subject)
      .where("state", "<>", "resolved")
      .executeTakeFirst();
    // It was resolved between the two statements: open a new one.
    return row ? fromRow(row) : this.open(item, trx);
  }

  /** Oldest first, after a place if one is given. */
  async list({ state, limit, after }: AttentionPage): Promise<AttentionItem[]> {
    let query = this.#db.selectFrom("attention").selectAll().orderBy("opened_at").orderBy("id").limit(limit);
    query = state ? query.where("state", "=", state) : query.where("state", "<>", "resolved");
    if (after) query = query.where(sql<boolean>`(opened_at, id) > (${after.openedAt}, ${after.id}::uuid)`);
    return (await query.execute()).map(fromRow);
  }

  async find(id: string): Promise<AttentionItem | null> {
    const row = await this.#db.selectFrom("attention").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Applies a rule to one item under its row lock, and saves what the rule returns. */
  async change<Next extends AttentionItem>(id: string, rule: (current: AttentionItem) => Next): Promise<Next> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("attention").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
      if (!row) throw new AttentionNotFound(id);
      const next = rule(fromRow(row));
      await trx.updateTable("attention").set(toRow(next)).where("id", "=", id).execute();
      return next;
    });
  }
}

function toRow(item: AttentionItem) {
  const resolved = item.state === "resolved" ? item : null;
  const claimed = item.state === "claimed" ? item : null;
  return {
    id: item.id,
    kind: item.kind,
    subject: item.subject,
    reason: item.reason,
    details: JSON.stringify(item.details),
    state: item.state,
    opened_at: item.openedAt,
    claimed_by: claimed?.claimedBy ?? resolved?.claimedBy ?? null,
    claimed_at: claimed?.claimedAt ?? null,
    resolved_by: resolved?.resolvedBy ?? null,
    resolved_at: resolved?.resolvedAt ?? null,
    resolution: resolved?.resolution ?? null,
  };
}

/** The table's check constraints are what makes the non-null assertions true. */
function fromRow(row: Selectable<AttentionTable>): AttentionItem {
  const { id, kind, subject, reason, details, opened_at: openedAt } = row;
  const matter = { id, kind, subject, reason, details, openedAt };
  if (row.state === "open") return { ...matter, state: "open" };
  if (row.state === "claimed") {
    return { ...matter, state: "claimed", claimedBy: row.claimed_by!, claimedAt: row.claimed_at! };
  }
  return {
    ...matter,
    state: "resolved",
    claimedBy: row.claimed_by,
    resolvedBy: row.resolved_by!,
    resolvedAt: row.resolved_at!,
    resolution: row.resolution!,
  };
}
