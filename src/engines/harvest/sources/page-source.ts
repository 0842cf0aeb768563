import type { DataRequest } from "#engines/extraction";
import type { WalkStep } from "../walk/walk-step.ts";
import type { SessionState } from "../logins/session-state.ts";
import type { HarvestWall, Transport } from "../harvest-request.ts";

/** A page as it came: the bytes that become evidence, and how they were had. */
export interface FetchedPage {
  readonly step: WalkStep;
  /** Where it came from in the end, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly bytes: Uint8Array;
  /** The whole `Content-Type`, encoding included: the stored bytes are read with it again. */
  readonly mediaType: string;
  readonly capturedAt: Date;
  readonly durationMs: number;
  readonly validators: Validators | null;
  /** Where the server's `Link` header says that the listing goes on and back; absent where it says nothing of that. */
  readonly linked?: { readonly next?: string };
  /** How many records there are in all, where the server says so beside an answer that is data. */
  readonly counted?: number;
  /** The server said that nothing changed: the bytes are the stored ones of this artifact. */
  readonly reusedArtifact: string | null;
  /** In a browser: requests of the page's scripts for data that had no good answer when the page was taken. */
  readonly unanswered?: number;
  /** In a browser: it was scrolled before it was read, and more records came. */
  readonly grew?: true;
  /** SHA-256 of the picture that was kept of it. */
  readonly picture?: string;
  /** Known to need a person, whatever its bytes look like. */
  readonly wall?: HarvestWall;
}

export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** An earlier copy that may be reused if the server says so. */
export interface EarlierCopy {
  readonly validators: Validators;
  readonly artifact: string;
  readonly mediaType: string;
  /** Null when the stored copy is gone or was altered. */
  read(): Promise<Uint8Array | null>;
}

export interface TakeOptions {
  /** The page that the step stands on. */
  readonly referer?: string | null;
  readonly earlier?: EarlierCopy | null;
  readonly signal?: AbortSignal;
}

/** Keeps pictures of the pages that a browser shows, for people who want to see what a harvest saw. */
export interface Pictures {
  /** 1 to 100. */
  readonly quality: number;
  /** In pixels; a wider tab is drawn smaller. */
  readonly maxWidth: number;
  /** Of every page; else of the first ones of calls that have people beside them. */
  readonly ofAll: boolean;
  /** Keeps a JPEG and returns its SHA-256. */
  keep(bytes: Uint8Array, info: { url: string; capturedAt: Date }): Promise<string>;
}

/** What a page's script asked for, and the JSON that it got. */
export interface SeenAnswer {
  readonly request: DataRequest;
  readonly text: string;
  /** Its `Link` header names a next part. */
  readonly leadsOn: boolean;
}

/** Where pages come from. One source is one visitor: it keeps its cookies. Who opens it closes it. */
export interface PageSource {
  readonly transport: Transport;
  take(step: WalkStep, options?: TakeOptions): Promise<FetchedPage>;
  /** Shows a wall to people, in a browser. True when one of them has cleared it: what it stood before can be asked for again. */
  attend(wall: HarvestWall): Promise<boolean>;
  /** JSON that the scripts of the page got, in its order. Only browsers have it. */
  answers?(): Promise<SeenAnswer[]>;
  /** What a resumed run needs to be the same visitor; null when there is nothing. */
  cookies(): Promise<string | null>;
  /** What makes it known to the portal; null where nothing does. */
  session(): Promise<SessionState | null>;
  close(): Promise<void>;
}
