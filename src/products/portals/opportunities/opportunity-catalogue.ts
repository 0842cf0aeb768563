import type { StoredOpportunity } from "./opportunity.ts";
import { readCursor, writeCursor, type OpportunityFilter, type OpportunitySort } from "./opportunity-query.ts";
import type { EventQuery, HistoryStore, OpportunityEvent } from "./history/history-store.ts";
import type { LinkStore, OpportunityLink } from "./links/link-store.ts";
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
  readonly #history: HistoryStore;
  readonly #links: LinkStore;

  constructor(stores: { opportunities: OpportunityStore; history: HistoryStore; links: LinkStore }) {
    this.#store = stores.opportunities;
    this.#history = stores.history;
    this.#links = stores.links;
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

  /** What happened, newest first. */
  async history(query: EventQuery): Promise<{ items: OpportunityEvent[]; nextBefore: number | null }> {
    const items = await this.#history.list(query);
    return { items, nextBefore: items.length < query.limit ? null : (items.at(-1)?.id ?? null) };
  }

  /** The links of an opportunity, each with the entry at its other end. */
  async linksOf(id: string): Promise<{ link: OpportunityLink; other: StoredOpportunity }[]> {
    await this.#store.get(id);
    const links = await this.#links.of(id);
    return this.#withEntries(links, (link) =>
      link.opportunityIds[0] === id ? link.opportunityIds[1] : link.opportunityIds[0],
    );
  }

  /** Links that nobody has decided, the least sure first, each with both entries. */
  async undecidedLinks(query: {
    limit: number;
    after?: readonly [number, string] | undefined;
  }): Promise<{ link: OpportunityLink; entries: StoredOpportunity[] }[]> {
    const links = await this.#links.undecided(query);
    const known = await this.#store.some(links.flatMap(({ opportunityIds }) => opportunityIds));
    return links.map((link) => ({ link, entries: link.opportunityIds.flatMap((id) => known.get(id) ?? []) }));
  }

  async #withEntries(links: readonly OpportunityLink[], which: (link: OpportunityLink) => string) {
    const known = await this.#store.some(links.map(which));
    return links.flatMap((link) => {
      const other = known.get(which(link));
      return other ? [{ link, other }] : [];
    });
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
