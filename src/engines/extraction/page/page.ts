import type { Document } from "domhandler";

/** Bytes as they came from a server or a store, with what is known about them. */
export interface PageSource {
  readonly bytes: Uint8Array;
  /** Address of the page, if known: links resolve against it. */
  readonly url?: string | null;
  /** The `Content-Type` header, if one came. */
  readonly contentType?: string | null;
  /** A character encoding that is known from elsewhere; it wins over everything but a byte order mark. */
  readonly encoding?: string | null;
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
}
