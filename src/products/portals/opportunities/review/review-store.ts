import type { Database } from "#platform/storage";
import { OpportunityNotFound } from "../../errors.ts";
import type { HistoryStore } from "../history/history-store.ts";
import type { LinkStore } from "../links/link-store.ts";
import type { StoredOpportunity } from "../opportunity.ts";
import { fromRow, toRow } from "../opportunity-row.ts";
import { write } from "../sighting-store.ts";
import type { AfterReview } from "./decide-review.ts";

/** Writes what people say about opportunities. */
export class ReviewStore {
  readonly #db: Database;
  readonly #stores: { history: HistoryStore; links: LinkStore };

  constructor(db: Database, stores: { history: HistoryStore; links: LinkStore }) {
    this.#db = db;
    this.#stores = stores;
  }

  /** Reads, decides and writes with nobody in between (a link to it may still be made); what is corrected is looked at anew for its like. */
  async change(id: string, decide: (before: StoredOpportunity) => AfterReview, now: Date): Promise<StoredOpportunity> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom("opportunity")
        .selectAll()
        .where("id", "=", id)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (!row) throw new OpportunityNotFound(id);
      const { after, events } = decide(fromRow(row));
      await write(trx, [toRow(after)]);
      await this.#stores.history.add(trx, events);
      await this.#stores.links.look(trx, [after], now);
      return after;
    });
  }
}
