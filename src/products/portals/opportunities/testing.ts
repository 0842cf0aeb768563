import type { Database } from "#platform/storage";
import { newPortal } from "../portals/portal.ts";
import { PortalStore } from "../portals/portal-store.ts";
import { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import { HistoryStore } from "./history/history-store.ts";
import type { SightingContext } from "./history/note-sighting.ts";
import { LinkStore } from "./links/link-store.ts";
import { OpportunityCatalogue } from "./opportunity-catalogue.ts";
import { keysOf, ListCensus } from "./opportunity-identity.ts";
import { OpportunityStore } from "./opportunity-store.ts";
import type { FoundOpportunity, Opportunity, StoredOpportunity } from "./opportunity.ts";
import { ReviewDesk } from "./review/review-desk.ts";
import { ReviewStore } from "./review/review-store.ts";
import { SightingStore } from "./sighting-store.ts";

export const LIST = "https://example.org/list";
const START = Date.UTC(2026, 0, 5, 8);

/** Eight in the morning, so many days after 5 January 2026. */
export function day(number: number): Date {
  return new Date(START + number * 86_400_000);
}

/** An opportunity with what a test wants to say about it. */
export function opportunity(said: Partial<Opportunity> = {}): Opportunity {
  return { title: "Bridge repair", confidence: 0.9, extractedAt: day(0).toISOString(), ...said };
}

/** As a run finds it: each value is quoted as it is, and stands in a page of its own. */
export function found(said: Partial<Opportunity>, more: Partial<FoundOpportunity> = {}): FoundOpportunity {
  const whole = opportunity(said);
  const texts = Object.entries(whole).flatMap(([field, value]) =>
    typeof value === "string" && field !== "extractedAt" ? [[field, value] as const] : [],
  );
  const place = (quote: string) => ({
    ...{ artifact: "a".repeat(64), url: LIST, path: "/html[1]/td[1]", quote },
    capturedAt: day(0).toISOString(),
  });
  return {
    opportunity: whole,
    raw: Object.fromEntries(texts),
    evidence: Object.fromEntries(texts.map(([field, quote]) => [field, [place(quote)]])),
    verification: "verified",
    recordId: "run/1/1",
    unclear: [],
    fieldConfidence: {},
    closesAt: null,
    detailFields: [],
    openedPage: false,
    ...more,
  };
}

export interface NotedJob extends Partial<SightingContext> {
  /** Whether what is missing has vanished. */
  isWhole?: boolean;
}

/** All slices over one database, and a way to let a job see a list. */
export function openOpportunities(db: Database) {
  const [opportunities, history, links] = [new OpportunityStore(db), new HistoryStore(db), new LinkStore(db)];
  const sightings = new SightingStore(db, { history, links });
  let time = day(0);
  const reviews = new ReviewStore(db, { history, links });
  const jobs = new ScrapeJobStore(db);
  const nothing = () => Promise.resolve();
  let count = 0;
  return {
    ...{ opportunities, history, links, sightings },
    catalogue: new OpportunityCatalogue({ opportunities, history, links }),
    desk: new ReviewDesk({ db, reviews, links, history, clock: () => time }),
    /** What people do from now on is done then. */
    setTime: (now: Date) => void (time = now),
    /** Lets a new job of a portal see these entries, at that time. */
    async see(
      now: Date,
      entries: readonly FoundOpportunity[],
      { isWhole = false, ...said }: NotedJob = {},
    ): Promise<string> {
      const portalId = said.portalId ?? "portal";
      const jobId = said.jobId ?? `job-${(count += 1)}`;
      const known = await db.selectFrom("portal").select("id").where("id", "=", portalId).executeTakeFirst();
      if (!known) await new PortalStore(db).add(newPortal(portalId, LIST, now));
      const job = await db.selectFrom("scrape_job").select("id").where("id", "=", jobId).executeTakeFirst();
      const request = { url: LIST, portalId, configuration: {} };
      if (!job) await jobs.add({ id: jobId, request, requestHash: jobId, now }, nothing, nothing);
      const census = new ListCensus();
      for (const each of entries) census.note(each.opportunity);
      const context: SightingContext = {
        ...{ portalId, jobId, runId: `run-${jobId}`, listUrl: LIST, listState: "complete", reviewBelow: 0.5, now },
        ...said,
      };
      const seen = entries.map((each, at) => ({
        keys: keysOf(each.opportunity, census),
        position: at + 1,
        found: each,
      }));
      await sightings.note(seen, context);
      if (isWhole) await sightings.noteVanished(context);
      return jobId;
    },
    async all(): Promise<StoredOpportunity[]> {
      return (await opportunities.list({}, { sort: "firstSeen", limit: 500 })).items;
    },
  };
}
