/** What the bytes of a document are, as they show it themselves: neither the name nor the portal's word decides. */
export const DOCUMENT_KINDS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "html", "text"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Why bytes gave no text. */
export const READING_FAILURES = [
  "encrypted",
  "broken",
  "empty",
  "unsupported_type",
  "expands_too_far",
  "took_too_long",
  "took_too_much_memory",
] as const;
export type ReadingFailure = (typeof READING_FAILURES)[number];

/** Bounds for one document, whatever it claims to be. */
export interface ReadingLimits {
  timeMs: number;
  /** JavaScript objects of the reading thread. */
  heapMb: number;
  /** Those and its buffers together. */
  memoryMb: number;
  pages: number;
  /** Of all pages together. */
  characters: number;
  /** What packed parts may grow to. */
  unpackedBytes: number;
}

export const READING_LIMITS: ReadingLimits = {
  timeMs: 60_000,
  heapMb: 256,
  memoryMb: 512,
  pages: 2_000,
  characters: 5_000_000,
  unpackedBytes: 128 * 1024 * 1024,
};

/** What a reading thread is given. */
export interface ReadingTask {
  bytes: Uint8Array;
  limits: ReadingLimits;
}

/** What it says while it reads: the kind first, then page after page, and how it ended. */
export type ReadingNews =
  | { news: "kind"; kind: DocumentKind; hasMacros: boolean }
  | { news: "page"; page: number; text: string }
  | { news: "end"; pages: number; isCut: boolean }
  | { news: "failed"; failure: ReadingFailure };

export interface DocumentPage {
  /** From 1 on: a page, a sheet or a slide; where the file has none of them, a part of it. */
  page: number;
  text: string;
}

/** What was read. With a failure, `pages` are those that were read before it. */
export interface Reading {
  /** Null where the bytes are nothing that can be read. */
  kind: DocumentKind | null;
  hasMacros: boolean;
  pages: DocumentPage[];
  /** Pages that the document has, read or not. */
  pageCount: number;
  /** There is more than was read. */
  isCut: boolean;
  failure: ReadingFailure | null;
}

/** Ends a reading with its reason, from however deep inside. */
export class ReadingStopped extends Error {
  readonly failure: ReadingFailure;

  constructor(failure: ReadingFailure) {
    super(failure);
    this.failure = failure;
  }
}
