import type { Clock, Logger, Telemetry } from "#kernel";
import type { Harvester } from "#engines/harvest";
import type { Artifacts } from "#platform/artifacts";
import type { Jobs } from "#platform/jobs";
import type { Database } from "#platform/storage";
import type { PortalLogins } from "../logins/portal-logins.ts";
import type { OpportunityCatalogue } from "../opportunities/opportunity-catalogue.ts";
import type { PortalStore } from "../portals/portal-store.ts";
import { DocumentCollector } from "./document-collector.ts";
import { DocumentListStore } from "./document-list-store.ts";
import { DocumentSearchStore } from "./document-search-store.ts";
import { DocumentShelf } from "./document-shelf.ts";
import { DocumentStore } from "./document-store.ts";
import type { OpenDocumentClient } from "./fetch-document.ts";

/** Fetches the files of one portal; one job for each portal at a time. */
const COLLECT_QUEUE = "documents.collect";

export interface DocumentsDeps {
  db: Database;
  jobs: Pick<Jobs, "declare" | "define" | "send">;
  artifacts: Pick<Artifacts, "put">;
  openDocumentClient: OpenDocumentClient;
  logins: Pick<PortalLogins, "keptSession" | "accessFor">;
  harvester: Pick<Harvester, "tryLogIn">;
  portals: PortalStore;
  catalogue: OpportunityCatalogue;
  clock: Clock;
  logger: Logger;
  telemetry: Telemetry;
}

export interface Documents {
  shelf: DocumentShelf;
  collector: DocumentCollector;
  /** Sends for the files that a job's opportunities name, within the transaction that ends it. */
  jobEnded(job: { portalId: string; jobId: string }, trx: Database): Promise<void>;
  /** Takes part in fetching; before the queue starts. */
  work(): void;
}

export function createDocuments(deps: DocumentsDeps): Documents {
  const { db, jobs, catalogue, clock } = deps;
  const store = new DocumentStore(db);
  const collector = new DocumentCollector({ ...deps, openClient: deps.openDocumentClient, store });
  const collect = (portalId: string) => jobs.send(COLLECT_QUEUE, { portalId }, { key: portalId });
  jobs.declare(COLLECT_QUEUE);
  return {
    collector,
    shelf: new DocumentShelf({
      store,
      lists: new DocumentListStore(db),
      searches: new DocumentSearchStore(db),
      catalogue,
      collect,
      clock,
    }),
    // The key is the job's: while files of an earlier job are being fetched, those of this one still have their turn.
    jobEnded: async ({ portalId, jobId }, trx) => {
      await jobs.send(COLLECT_QUEUE, { portalId, jobId }, { key: `${portalId} ${jobId}`, trx });
    },
    work: () => {
      const options = { concurrency: 2, retryLimit: 20, retryMaxSeconds: 300 };
      jobs.define<{ portalId: string; jobId?: string }>(
        COLLECT_QUEUE,
        (order, { signal }) => collector.collect(order, signal),
        options,
      );
    },
  };
}
