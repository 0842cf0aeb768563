export type PageKind = "list" | "detail" | "login" | "error" | "wall" | "empty" | "consent" | "other";

/** What a page is, how sure that is, and the sign it was told by. */
export interface PageClass {
  readonly kind: PageKind;
  /** 0 to 1. */
  readonly confidence: number;
  /** One sentence for people and logs; never page content beyond a few words. */
  readonly reason: string;
}

export interface PageFacts {
  /** HTTP status of the response, if known. */
  readonly status?: number;
  /** The best list of the page, where the list finder has run already; left out, it runs here. */
  readonly list?: { readonly records: number; readonly score: number } | null;
}
