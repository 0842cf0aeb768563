import type { Completeness, StopReason } from "./completeness.ts";

/** What a harvest tells while it runs, in order. Each is plain JSON but for dates. */
export type HarvestProgress =
  | {
      readonly kind: "learned";
      readonly transport: "http" | "browser";
      readonly fields: readonly string[];
      readonly confidence: number;
      /** How it came to be read this way, in sentences. */
      readonly how: readonly string[];
    }
  | { readonly kind: "started"; readonly run: string; readonly resumedAtPage: number }
  | {
      readonly kind: "page";
      readonly run: string;
      readonly page: number;
      readonly url: string;
      /** New records of this page. */
      readonly records: number;
      /** Distinct records so far. */
      readonly found: number;
      readonly totalDeclared: number | null;
      readonly pagesDeclared: number | null;
      readonly reused: boolean;
    }
  | { readonly kind: "detail"; readonly run: string; readonly done: number; readonly of: number }
  | {
      readonly kind: "wall";
      readonly run: string | null;
      readonly wall: string;
      readonly url: string;
      readonly message: string;
    }
  | { readonly kind: "alarm"; readonly run: string; readonly alarm: HarvestAlarm }
  | { readonly kind: "finished"; readonly run: string; readonly completeness: Completeness };

/** Something a person should look at: the list shrank against its history, or the page moved away from its recipe. */
export interface HarvestAlarm {
  readonly kind: "shrunk" | "drift";
  readonly message: string;
}

/** One thing the harvest did on the portal, for the job's history. */
export interface HarvestStep {
  readonly action:
    | "open"
    | "link"
    | "form"
    | "click"
    | "scroll"
    | "fill"
    | "select"
    | "consent"
    | "entry"
    | "frame"
    | "detail"
    | "wall";
  readonly url: string;
  readonly label: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly ok: boolean;
  /** New records it brought. */
  readonly records: number;
  readonly stopped?: StopReason;
  /** SHA-256 of the picture that was kept of the page it led to. */
  readonly picture?: string;
}

export type OnHarvestProgress = (event: HarvestProgress) => void;
