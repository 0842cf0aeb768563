import { createHash } from "node:crypto";

/** What a run's digest says of a page, by the names of its columns. */
export interface DigestedPage {
  readonly number: number;
  readonly url: string;
  readonly step_key: string | null;
  readonly action: string;
  readonly label: string;
  readonly duration_ms: number;
  readonly artifact: string | null;
  readonly media_type: string;
  readonly http_status: number;
  readonly captured_at: Date;
  readonly reused: boolean;
  readonly record_count: number;
  readonly duplicate_count: number;
  readonly unverified_count: number;
  /** SHA-256 of the packed records. */
  readonly records: string;
}

const BYTES = 32;

/**
 * The SHA-256 of the SHA-256 of each page of a run, in their order. It can be taken while they are written, in any order, so
 * that the end of a run has not to read them.
 */
export class PagesDigest {
  readonly #numbers: number[] = [];
  /** The digest of each page, one behind the other: a run may have very many. */
  #digests = new Uint8Array(64 * BYTES);

  add(page: DigestedPage): void {
    const at = this.#numbers.push(page.number) * BYTES;
    if (at > this.#digests.length) this.#grow();
    this.#digests.set(createHash("sha256").update(pageLine(page)).digest(), at - BYTES);
  }

  /** How many pages it holds. */
  get size(): number {
    return this.#numbers.length;
  }

  hex(): string {
    const inOrder = this.#numbers.map((number, at) => ({ number, at })).sort((a, b) => a.number - b.number);
    const hash = createHash("sha256");
    for (const { at } of inOrder) hash.update(this.#digests.subarray(at * BYTES, (at + 1) * BYTES));
    return hash.digest("hex");
  }

  #grow(): void {
    const larger = new Uint8Array(this.#digests.length * 2);
    larger.set(this.#digests);
    this.#digests = larger;
  }
}

export function pageLine(page: DigestedPage): string {
  return digestLine("page", [
    page.number,
    page.url,
    page.step_key,
    page.action,
    page.label,
    page.duration_ms,
    page.artifact,
    page.media_type,
    page.http_status,
    page.captured_at,
    page.reused,
    page.record_count,
    page.duplicate_count,
    page.unverified_count,
    page.records,
  ]);
}

/** Times are written by the millisecond, as the program writes them. */
export function digestLine(what: string, values: readonly unknown[]): string {
  return `${JSON.stringify([what, ...values])}\n`;
}
