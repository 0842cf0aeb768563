import type { StoredOpportunity } from "./opportunity.ts";
import { readCursor, writeCursor, type OpportunityFilter, type OpportunitySort } from "./opportunity-query.ts";
import type { OpportunityStore } from "./opportunity-store.ts";

const EXPORT_PAGE = 500;

export interface OpportunityList {
  items: StoredOpportunity[];
  /** Give it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** The opportunities of all portals, to be looked through. */
export class OpportunityCatalogue {
  readonly #store: OpportunityStore;

  constructor(store: OpportunityStore) {
    this.#store = store;
  }

  get(id: string): Promise<StoredOpportunity> {
    return this.#store.get(id);
  }

  count(filter: OpportunityFilter): Promise<number> {
    return this.#store.count(filter);
  }

  /** @throws BadCursor */
  async list(
    filter: OpportunityFilter,
    { sort, cursor, limit }: { sort: OpportunitySort; cursor?: string | undefined; limit: number },
  ): Promise<OpportunityList> {
    const after = cursor === undefined ? undefined : readCursor(cursor, sort);
    const { items, lastKey } = await this.#store.list(filter, { sort, after, limit });
    const last = items.at(-1);
    const isLastPage = items.length < limit || last === undefined || lastKey === null;
    return { items, nextCursor: isLastPage ? null : writeCursor([sort, lastKey, last.id]) };
  }

  /** All that match, page by page, so that an export of any length needs the memory of one page. */
  async *all(filter: OpportunityFilter, sort: OpportunitySort): AsyncGenerator<StoredOpportunity> {
    let cursor: string | undefined;
    do {
      const page = await this.list(filter, { sort, cursor, limit: EXPORT_PAGE });
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}
