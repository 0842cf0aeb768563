import type { Clock, Logger, Telemetry } from "#kernel";
import { cookieHeader, type Harvester } from "#engines/harvest";
import type { Artifacts } from "#platform/artifacts";
import { freshSession } from "../logins/fresh-session.ts";
import type { KeptSession, PortalLogins } from "../logins/portal-logins.ts";
import type { Portal } from "../portals/portal.ts";
import type { PortalStore } from "../portals/portal-store.ts";
import {
  afterFailure,
  afterReceived,
  afterUnchanged,
  asWanted,
  outcomeOf,
  type Fetched,
  type Outcome,
  type StoredDocument,
} from "./document.ts";
import { withDefaults, type CollectorLimits } from "./document-settings.ts";
import type { DocumentStore } from "./document-store.ts";
import { fetchDocument, isSignedOut, type DocumentClient, type OpenDocumentClient } from "./fetch-document.ts";
import { readDocument } from "./reading/read-document.ts";
import type { DocumentPage } from "./reading/reading.ts";

export interface CollectorDeps {
  portals: Pick<PortalStore, "get">;
  store: DocumentStore;
  /** Files of a portal that was signed in at are asked for in its session. */
  logins: Pick<PortalLogins, "keptSession" | "accessFor">;
  /** Signs in anew where that session has ended meanwhile. */
  harvester: Pick<Harvester, "tryLogIn">;
  artifacts: Pick<Artifacts, "put">;
  openClient: OpenDocumentClient;
  clock: Clock;
  logger: Logger;
  telemetry: Telemetry;
}

type DueDocument = StoredDocument & { type: string | null };

const WEB_ADDRESS = /^https?:\/\//i;

/**
 * Fetches the files that a portal's opportunities name, and reads them. Each file is written down before the next one is
 * asked for: work that was cut off goes on where it was, and asks for at most one file twice.
 */
export class DocumentCollector {
  readonly #deps: CollectorDeps;
  readonly #outcomes;
  readonly #bytes;
  readonly #seconds;

  constructor(deps: CollectorDeps) {
    this.#deps = deps;
    const { telemetry } = deps;
    this.#outcomes = telemetry.counter("gleaner_documents_total", {
      help: "Files of opportunities that were asked for, by outcome.",
      labels: ["outcome"],
    });
    this.#bytes = telemetry.counter("gleaner_document_bytes_total", { help: "Bytes of files that were fetched." });
    this.#seconds = telemetry.histogram("gleaner_document_read_seconds", {
      help: "Time to read the text of one file.",
    });
  }

  /** Notes what the job's opportunities name and fetches what is due. Does nothing where the portal keeps no files. */
  async collect(
    { portalId, jobId }: { portalId: string; jobId?: string | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    const { portals, store, clock, logger } = this.#deps;
    const portal = await portals.get(portalId);
    const settings = portal.configuration.documents;
    if (settings?.download !== true) return;
    const limits = withDefaults(settings);
    if (jobId !== undefined) {
      const named = await store.namedBy(jobId);
      await store.note(
        portalId,
        named.filter(({ url }) => WEB_ADDRESS.test(url)),
        clock(),
      );
    }
    const due = await store.due(portalId, clock(), limits.maxPerJob);
    if (due.length === 0) return;
    const client = this.#deps.openClient({ minDelayMs: portal.configuration.rateLimit ?? 0 });
    const kept = await this.#deps.logins.keptSession(portalId, portal.url);
    const trip: Trip = { portal, limits, client, kept, mayRenew: true, signal };
    try {
      for (const document of due) await this.#bring(document, trip);
    } finally {
      await client.close();
    }
    logger.info("document.collected", { portalId, asked: due.length });
  }

  async #bring(document: DueDocument, trip: Trip): Promise<void> {
    const { limits, signal } = trip;
    const fetched = await this.#fetch(document, trip);
    const { next, pages } = await this.#after(document, fetched, limits, signal);
    await this.#deps.store.save(next, pages);
    this.#outcomes.add(1, { outcome: fetched.kind === "unchanged" ? "unchanged" : next.state });
  }

  /** Once in a trip it signs in anew, when the portal asks for that in the place of a file. */
  async #fetch(document: DueDocument, trip: Trip): Promise<Fetched> {
    const { portal, limits, client, signal } = trip;
    const options = { robots: portal.robots, maxBytes: limits.maxBytes, signal };
    const cookie = this.#cookieFor(document, trip);
    const fetched = await fetchDocument(document, client, { ...options, cookie });
    if (!trip.mayRenew || !isOwn(document.url, trip) || !isSignedOut(fetched, document.url)) return fetched;
    trip.mayRenew = false;
    trip.kept = await freshSession(portal, this.#deps, signal);
    const fresh = this.#cookieFor(document, trip);
    return fresh === null ? fetched : await fetchDocument(document, client, { ...options, cookie: fresh });
  }

  #cookieFor({ url }: DueDocument, { kept }: Trip): string | null {
    return kept && cookieAt(url, kept, this.#deps.clock());
  }

  async #after(
    document: DueDocument,
    fetched: Fetched,
    limits: CollectorLimits,
    signal: AbortSignal,
  ): Promise<{ next: StoredDocument; pages?: DocumentPage[] }> {
    const { clock, artifacts } = this.#deps;
    if (fetched.kind === "unchanged") return { next: afterUnchanged(document, limits, clock()) };
    if (fetched.kind === "failed") return { next: afterFailure(document, fetched, clock()) };
    const { bytes, mediaType, etag, lastModified } = fetched;
    this.#bytes.add(bytes.length);
    const info = { mediaType, kind: "document", sourceUrl: document.url } as const;
    const { sha256: artifact } = await artifacts.put(bytes, info);
    const received = { artifact, size: bytes.length, etag, lastModified };
    const read = await this.#read(artifact, bytes, signal);
    const outcome = asWanted(read.outcome, { wanted: limits.types, type: document.type });
    const pages = outcome.state === "failed" ? [] : read.pages;
    return { next: afterReceived(document, { ...received, outcome }, limits, clock()), pages };
  }

  /** What the same bytes held before need not be read again: their pages are there. */
  async #read(
    artifact: string,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<{ outcome: Outcome; pages: DocumentPage[] }> {
    const known = await this.#deps.store.knownOutcome(artifact);
    if (known) return { outcome: known, pages: [] };
    const startedAt = performance.now();
    const reading = await readDocument(bytes, { signal });
    this.#seconds.observe((performance.now() - startedAt) / 1_000);
    return { outcome: outcomeOf(reading), pages: reading.pages };
  }
}

interface Trip {
  portal: Portal;
  limits: CollectorLimits;
  client: DocumentClient;
  kept: KeptSession | null;
  /** The log-in is tried once: a portal that ends each session at once is not signed in at for ever. */
  mayRenew: boolean;
  signal: AbortSignal;
}

/** Only there a log-in can help. */
function isOwn(url: string, { portal, kept }: Trip): boolean {
  const origin = URL.parse(url)?.origin;
  return origin !== undefined && [URL.parse(portal.url)?.origin, ...(kept?.origins ?? [])].includes(origin);
}

/** A file on another origin is asked for by a stranger. */
function cookieAt(url: string, { origins, session }: KeptSession, now: Date): string | null {
  return origins.includes(URL.parse(url)?.origin ?? "null") ? cookieHeader(session, url, now) : null;
}
