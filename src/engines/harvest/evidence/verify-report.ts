/** Which promise of the evidence does not hold. */
export type Falsehood =
  | "artifact_missing"
  | "artifact_altered"
  | "quote_not_found"
  | "value_altered"
  | "value_without_evidence"
  | "record_altered"
  | "record_not_found"
  | "records_missing";

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
  /** Values whose quote was looked for. */
  readonly checked: number;
  readonly records: number;
  readonly pages: number;
  readonly ok: boolean;
  /** At most 1,000 are listed; `failures` counts all. */
  readonly failed: readonly VerifyFailure[];
  readonly failures: number;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly page: number;
    readonly pages: number;
    readonly failures: number;
  }) => void;
}
