import type { Falsehood, VerifyFailure } from "./verify-report.ts";

const MOST_LISTED = 1_000;

/** Counts everything that does not hold, and keeps the first thousand to show. */
export class FailureList {
  readonly failed: VerifyFailure[] = [];
  count = 0;
  /** Values whose quote was looked for. */
  checked = 0;

  add(record: string, field: string, reason: Falsehood, message: string): void {
    this.count += 1;
    if (this.failed.length < MOST_LISTED) this.failed.push({ record, field, reason, message });
  }

  /** What cannot be read back is not what was written. */
  attempt<Result>(record: string, read: () => Result): Result | null {
    try {
      return read();
    } catch {
      this.add(record, "", "record_altered", "The stored records cannot be read: they were altered.");
      return null;
    }
  }
}
