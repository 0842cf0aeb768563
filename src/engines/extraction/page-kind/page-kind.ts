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
  /** How many records the list finder saw, if it ran; without it a quick look at alike siblings decides. */
  readonly listedRecords?: number;
}
