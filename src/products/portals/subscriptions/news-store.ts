import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "#platform/storage";
import { storableJson } from "../storable-json.ts";
import type { News } from "./opportunity-news.ts";

export interface StoredNews extends News {
  id: number;
}

const Changes = z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }));
const ROWS_AT_ONCE = 500;

/** What happened, until subscribers were told. */
export class NewsStore {
  /** Within the transaction that makes it true. */
  async add(trx: Database, news: readonly News[]): Promise<void> {
    for (let from = 0; from < news.length; from += ROWS_AT_ONCE) {
      const rows = news.slice(from, from + ROWS_AT_ONCE).map(({ opportunityId, kind, at, changes }) => ({
        ...{ opportunity_id: opportunityId, kind, at },
        changes: storableJson(changes),
      }));
      await trx.insertInto("opportunity_news").values(rows).execute();
    }
  }

  /** The oldest that nobody has matched yet, kept from others until the transaction ends. */
  async takeWaiting(trx: Database, limit: number): Promise<StoredNews[]> {
    const rows = await trx
      .selectFrom("opportunity_news")
      .selectAll()
      .where("matched_at", "is", null)
      .orderBy("id")
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    return rows.map(fromRow);
  }

  async markMatched(trx: Database, ids: readonly number[], now: Date): Promise<void> {
    await trx
      .updateTable("opportunity_news")
      .set({ matched_at: now })
      .where("id", "in", [...ids])
      .execute();
  }

  async addMatches(trx: Database, subscriptionId: string, newsIds: readonly number[]): Promise<void> {
    const rows = newsIds.map((news_id) => ({ subscription_id: subscriptionId, news_id, notice_id: null }));
    await trx
      .insertInto("subscription_match")
      .values(rows)
      .onConflict((oc) => oc.doNothing())
      .execute();
  }

  /** What a subscription wants to hear and was not told yet, oldest first. */
  async untold(trx: Database, subscriptionId: string): Promise<StoredNews[]> {
    const rows = await trx
      .selectFrom("subscription_match as wanted")
      .innerJoin("opportunity_news", "opportunity_news.id", "wanted.news_id")
      .selectAll("opportunity_news")
      .where("wanted.subscription_id", "=", subscriptionId)
      .where("wanted.notice_id", "is", null)
      .orderBy("opportunity_news.id")
      .execute();
    return rows.map(fromRow);
  }

  async markTold(trx: Database, subscriptionId: string, noticeId: string, newsIds: readonly number[]): Promise<void> {
    await trx
      .updateTable("subscription_match")
      .set({ notice_id: noticeId })
      .where("subscription_id", "=", subscriptionId)
      .where("notice_id", "is", null)
      .where(sql<boolean>`news_id = any(${[...newsIds]}::bigint[])`)
      .execute();
  }

  /** Removes news that was matched before then and that no digest waits for. Returns how many. */
  async forget(db: Database, before: Date): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from opportunity_news where at < ${before} and matched_at is not null and not exists
        (select from subscription_match wanted where wanted.news_id = opportunity_news.id and wanted.notice_id is null)`.execute(
      db,
    );
    return Number(numAffectedRows);
  }
}

function fromRow(row: {
  id: number;
  opportunity_id: string;
  kind: News["kind"];
  at: Date;
  changes: unknown;
}): StoredNews {
  const { id, opportunity_id: opportunityId, kind, at } = row;
  return { id: Number(id), opportunityId, kind, at, changes: Changes.parse(row.changes) };
}
