import type { Clock } from "#kernel";
import type { Database } from "#platform/storage";
import type { HistoryStore } from "../history/history-store.ts";
import type { LinkStore, OpportunityLink } from "../links/link-store.ts";
import type { StoredOpportunity } from "../opportunity.ts";
import { decideReview, type ReviewDecision } from "./decide-review.ts";
import type { ReviewStore } from "./review-store.ts";

export interface ReviewDeps {
  db: Database;
  reviews: ReviewStore;
  links: LinkStore;
  history: HistoryStore;
  clock: Clock;
}

interface Person {
  by: string;
  note?: string | undefined;
}

/** Where people say what is right. */
export class ReviewDesk {
  readonly #deps: ReviewDeps;

  constructor(deps: ReviewDeps) {
    this.#deps = deps;
  }

  /** @throws OpportunityNotFound, BadCorrection, NotCorrected */
  decide(opportunityId: string, decision: ReviewDecision, { by, note }: Person): Promise<StoredOpportunity> {
    const at = this.#deps.clock();
    const decided = { by, at, note: note ?? null };
    return this.#deps.reviews.change(opportunityId, (before) => decideReview(before, decision, decided), at);
  }

  /** Whether two entries are one. Both are told of it in their history. @throws LinkNotFound, LinkDecided */
  decideLink(id: string, state: "confirmed" | "split", { by, note }: Person): Promise<OpportunityLink> {
    const { db, links, history, clock } = this.#deps;
    const at = clock();
    return db.transaction().execute(async (trx) => {
      const link = await links.decide(trx, { id, state, by, at, note: note ?? null });
      const kind = state === "confirmed" ? ("link_confirmed" as const) : ("link_split" as const);
      await history.add(
        trx,
        link.opportunityIds.map((opportunityId, which) => {
          const other = link.opportunityIds[1 - which] ?? "";
          return { opportunityId, at, kind, actor: by, note: note === undefined ? other : `${other}: ${note}` };
        }),
      );
      return link;
    });
  }
}
