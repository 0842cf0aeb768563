import type { Database } from "#platform/storage";
import { NewsStore } from "./news-store.ts";
import { SubscriptionStore } from "./subscription-store.ts";

/** What of subscriptions may go when it is old: news that was told, and which messages were sent. */
export class SubscriptionRetention {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  async forget(before: Date): Promise<number> {
    const news = await new NewsStore().forget(this.#db, before);
    return news + (await new SubscriptionStore(this.#db).forgetNotices(before));
  }
}
