import type { Clock } from "#kernel";
import type { Database } from "#platform/storage";
import { HistoryStore, type TellOfEvents } from "./history/history-store.ts";
import { LinkStore } from "./links/link-store.ts";
import { OpportunityCatalogue } from "./opportunity-catalogue.ts";
import { OpportunityIntake } from "./opportunity-intake.ts";
import type { OpportunityStore } from "./opportunity-store.ts";
import { ReviewDesk } from "./review/review-desk.ts";
import { ReviewStore } from "./review/review-store.ts";
import { SightingStore } from "./sighting-store.ts";

const REVIEW_BELOW = 0.5;

export interface OpportunitiesDeps {
  db: Database;
  clock: Clock;
  settings: { reviewBelow?: number };
  tell: TellOfEvents;
}

/** Wires what jobs saw, what became of it, what is like it, and what people say about it. */
export function createOpportunities({ db, clock, settings, tell }: OpportunitiesDeps, opportunities: OpportunityStore) {
  const history = new HistoryStore(db, tell);
  const links = new LinkStore(db);
  const sightings = new SightingStore(db, { history, links });
  const reviews = new ReviewStore(db, { history, links });
  const reviewBelow = settings.reviewBelow ?? REVIEW_BELOW;
  return {
    intake: new OpportunityIntake({ opportunities, sightings, reviewBelow, clock }),
    catalogue: new OpportunityCatalogue({ opportunities, history, links }),
    reviews: new ReviewDesk({ db, reviews, links, history, clock }),
  };
}
