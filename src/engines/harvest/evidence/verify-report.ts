/** Which promise of the evidence does not hold. */
export type Falsehood =
  | "artifact_missing"
  | "artifact_altered"
  | "quote_not_found"
  | "value_altered"
  | "value_without_evidence"
  | "record_altered"
  | "record_not_found"
  | "records_missing"
  | "recipe_altered"
  | "run_altered"
  | "seal_removed"
  | "seal_unreadable"
  | "reread_differs";

export interface VerifyFailure {
  /** Id of the record; of the page (`<run>/<page>`) where no single record is meant. */
  readonly record: string;
  /** Empty when the whole record or page is meant. */
  readonly field: string;
  readonly reason: Falsehood;
  readonly message: string;
}

export interface VerifyReport {
  readonly run: string;
  /** Which program read the pages, and which one looks now; null for runs from before that was noted. */
  readonly program: { readonly run: string | null; readonly now: string };
  readonly recipeVersion: number | null;
  /** Values whose quote was looked for. */
  readonly checked: number;
  readonly records: number;
  readonly pages: number;
  /** Whether it has a seal; runs under way and of older versions have none, and of others it was taken away (`seal_removed`). */
  readonly sealed: boolean;
  readonly ok: boolean;
  /** At most 1,000 are listed; `failures` counts all. */
  readonly failed: readonly VerifyFailure[];
  readonly failures: number;
  /**
   * What another program than the run's makes of the stored pages where that is something else (`reread_differs`). The
   * evidence holds all the same, so this is no failure. At most 1,000 are listed; `differences` counts all.
   */
  readonly differs: readonly VerifyFailure[];
  readonly differences: number;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly page: number;
    readonly pages: number;
    readonly failures: number;
  }) => void;
}
