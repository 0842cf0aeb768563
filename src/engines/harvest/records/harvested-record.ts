/** Where a value stands in the stored bytes. */
export interface Evidence {
  /** SHA-256 of the stored page; null when the run was told to store no evidence. */
  readonly artifact: string | null;
  readonly url: string;
  /** Path of the node, as `/html[1]/body[1]/table[2]/…`. */
  readonly path: string;
  /** The attribute that holds the value; absent when it is text. */
  readonly attribute?: string;
  /** Start and end within the node's text or attribute, whitespace collapsed. */
  readonly range?: readonly [start: number, end: number];
  /** The words as they stand in the page. */
  readonly quote: string;
  readonly capturedAt: Date;
}

/** One record of a list, as it is served. */
export interface HarvestedRecord {
  /** `<run>/<page>/<position>`: stable within its run. */
  readonly id: string;
  /** The page of the run it was found on, from 1. */
  readonly page: number;
  readonly text: string;
  /** Absolute addresses, in the order of the page. */
  readonly links: readonly string[];
  /** Values whose evidence was found again in the stored bytes. */
  readonly fields: Readonly<Record<string, string>>;
  readonly evidence: Readonly<Record<string, Evidence>>;
  /** Names of fields whose value could not be found again; their values are not served. */
  readonly unverified: readonly string[];
  /** `unverified` as soon as one field is. */
  readonly status: "verified" | "unverified";
  /** Content key: the same record on another page or another day has the same key. */
  readonly key: string;
  /** Values of the record's own page, when details were asked for. */
  readonly detail: RecordDetail | null;
}

/** What the page of a single record said. A field that repeats holds several values. */
export interface RecordDetail {
  readonly url: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly evidence: Readonly<Record<string, readonly Evidence[]>>;
  readonly unverified: readonly string[];
}
