import type { Document, Element } from "domhandler";
import type { PageOutline } from "../outline/page-outline.ts";
import type { PageSignals } from "../outline/page-signals.ts";

/** Bounds on what is parsed at all. Beyond them `parsePage` throws instead of working on. */
export interface PageLimits {
  /** Bytes of the page, decompressed. Default 16 MB. */
  readonly maxBytes?: number;
  /** Elements and texts. Default one million; the largest real pages have some hundred thousand. */
  readonly maxNodes?: number;
}

/** Bytes as they came from a server or a store, with what is known about them. */
export interface PageSource {
  readonly bytes: Uint8Array;
  /** Address of the page, if known: links resolve against it. */
  readonly url?: string | null;
  /** The `Content-Type` header, if one came. */
  readonly contentType?: string | null;
  /** A character encoding that is known from elsewhere; it wins over everything but a byte order mark. */
  readonly encoding?: string | null;
  /** What was posted to get it. */
  readonly sent?: string | null;
  readonly limits?: PageLimits;
}

/**
 * What was worked out about a page. It stands on the page: a `WeakMap` would keep each page, through what it knows of it,
 * until the next full collection, and every small one would copy them all.
 */
export interface PageNotes {
  outline: PageOutline | null;
  signals: PageSignals | null;
  /** Texts of the header cells of tables. */
  readonly headers: Map<Element, readonly string[]>;
}

/** A decoded and parsed page. Immutable by agreement: nothing in this module changes the tree. */
export interface Page {
  readonly url: string | null;
  /** What relative links resolve against: `<base href>` or the page's address; null when neither is known. */
  readonly baseUrl: string | null;
  /** The encoding that was used, as a WHATWG label. */
  readonly charset: string;
  readonly root: Document;
  readonly title: string;
  readonly byteLength: number;
  /** The answer was JSON, not markup: the page is a script that holds it. */
  readonly isData: boolean;
  /** What was posted to get it; null where nothing was: then its address is the whole question. */
  readonly sent: string | null;
  /** The markup ends in the middle: neither the document nor what it holds was closed. */
  readonly isCut: boolean;
  /** Unresolved conflicts of a version control system that its bytes hold; each was read as its lower side. */
  readonly conflicts: number;
  /** Controls that belong to a form without standing inside it: tables throw forms out of their place. */
  readonly strayControls: ReadonlyMap<Element, Element>;
  /** For `outlineOf`, `signalsOf` and `headerOf`. */
  readonly notes: PageNotes;
}
