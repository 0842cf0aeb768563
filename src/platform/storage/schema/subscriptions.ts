import type { ColumnType, GeneratedAlways } from "kysely";

type Json<Value> = ColumnType<Value, string, string>;
type JsonRecord = Record<string, unknown>;

/** What happened to opportunities, until it was matched with the subscriptions. */
export interface OpportunityNewsTable {
  id: GeneratedAlways<number>;
  opportunity_id: string;
  kind: "new" | "changed" | "deadline_amended" | "vanished";
  at: Date;
  /** Which fields changed, from what to what. */
  changes: Json<unknown[]>;
  matched_at: Date | null;
}

export interface SubscriptionTable {
  id: string;
  name: string;
  filter: Json<JsonRecord>;
  events: string[];
  cadence: "at_once" | "daily";
  /** 0 to 23; there exactly with `daily`. */
  hour: number | null;
  timezone: string;
  channel: "webhook" | "email";
  /** A web address or a mail address. */
  target: string;
  /** Of a webhook's signature, sealed. */
  secret: string | null;
  /** Signs the link that ends it. */
  unsubscribe_key: string;
  paused_at: Date | null;
  paused_by: string | null;
  next_digest_at: Date | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** That a subscription wants to hear a piece of news; `notice_id` once it was told. */
export interface SubscriptionMatchTable {
  subscription_id: string;
  news_id: number;
  notice_id: string | null;
}

/** One message to one subscriber. */
export interface SubscriptionNoticeTable {
  id: string;
  subscription_id: string;
  kind: "at_once" | "digest" | "test";
  changes: number;
  delivery_id: string;
  created_at: Date;
}

export interface SubscriptionTables {
  opportunity_news: OpportunityNewsTable;
  subscription: SubscriptionTable;
  subscription_match: SubscriptionMatchTable;
  subscription_notice: SubscriptionNoticeTable;
}
