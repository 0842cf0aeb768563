import type { DocumentKind, Reading, ReadingFailure } from "./reading/reading.ts";
import type { CollectorLimits } from "./document-settings.ts";

/** `pending → text | no_text | failed`; a file that changed, or is asked for again, goes round once more. */
export const DOCUMENT_STATES = ["pending", "text", "no_text", "failed"] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** Why the bytes did not come. */
export const FETCH_FAILURES = [
  "address_refused",
  "bad_url",
  "not_found",
  "refused_by_portal",
  "robots_disallowed",
  "server_error",
  "timeout",
  "too_large",
  "too_many_redirects",
  "unreachable",
] as const;
export type FetchFailure = (typeof FETCH_FAILURES)[number];

/** Why a file has no text: it did not come, it cannot be read, or it is not what was wanted. */
export type DocumentFailure = FetchFailure | ReadingFailure | "not_the_document" | "type_not_wanted";

export interface StoredDocument {
  readonly id: string;
  readonly portalId: string;
  readonly url: string;
  readonly state: DocumentState;
  /** A `DocumentFailure`, exactly with `failed`. */
  readonly reason: string | null;
  /** SHA-256 of the bytes; also of a file without text. */
  readonly artifact: string | null;
  readonly kind: DocumentKind | null;
  readonly size: number | null;
  readonly pages: number | null;
  readonly hasMacros: boolean;
  readonly isCut: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly fetchedAt: Date | null;
  readonly checkedAt: Date | null;
}

/** What came of asking for a file. */
export type Fetched =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: "failed"; readonly reason: FetchFailure; readonly mayPass: boolean };

const MOST_ATTEMPTS = 5;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A scanned page carries a stamp or a page number at most. */
const LETTERS_OF_A_WRITTEN_PAGE = 8;
/** A web page in place of these is a log-in or an error. */
const FILE_TYPES = /^(pdf|docx?|docm|xlsx?|xlsm|pptx?|od[tsp]|zip|rtf)$/i;

/** The document after it did not come. What may pass is tried again, later each time. */
export function afterFailure(
  document: StoredDocument,
  { reason, mayPass }: { reason: FetchFailure; mayPass: boolean },
  now: Date,
): StoredDocument {
  const attempts = document.attempts + 1;
  const waitMs = HOUR_MS * 4 ** (attempts - 1);
  const nextAttemptAt = mayPass && attempts < MOST_ATTEMPTS ? new Date(now.getTime() + waitMs) : null;
  // What was read before stays readable: the copy is as old as `fetchedAt` says.
  if (document.state === "text" || document.state === "no_text")
    return { ...document, attempts, nextAttemptAt, checkedAt: now };
  return { ...document, state: "failed", reason, attempts, nextAttemptAt, checkedAt: now };
}

/** The document after the portal said that its copy is still good. */
export function afterUnchanged(
  document: StoredDocument,
  { recheckDays }: Pick<CollectorLimits, "recheckDays">,
  now: Date,
): StoredDocument {
  return { ...document, attempts: 0, checkedAt: now, nextAttemptAt: nextCheck(document, recheckDays, now) };
}

/** What is known of bytes that arrived. */
export interface Received extends Pick<StoredDocument, "artifact" | "size" | "etag" | "lastModified"> {
  readonly outcome: Outcome;
}

/** The document after its bytes came, whatever they hold. Without validators it is never asked for again by itself. */
export function afterReceived(
  document: StoredDocument,
  { outcome, ...received }: Received,
  { recheckDays }: Pick<CollectorLimits, "recheckDays">,
  now: Date,
): StoredDocument {
  const known = { ...document, ...received, ...outcome, attempts: 0, fetchedAt: now, checkedAt: now };
  return { ...known, nextAttemptAt: nextCheck(known, recheckDays, now) };
}

function nextCheck({ etag, lastModified }: StoredDocument, recheckDays: number, now: Date): Date | null {
  const hasValidators = etag !== null || lastModified !== null;
  return hasValidators && recheckDays > 0 ? new Date(now.getTime() + recheckDays * DAY_MS) : null;
}

/** What a reading means for its document. */
export type Outcome = Pick<StoredDocument, "state" | "reason" | "kind" | "pages" | "hasMacros" | "isCut">;

/** Judges what was read. */
export function outcomeOf(reading: Reading): Outcome {
  const { kind, hasMacros, pageCount, failure } = reading;
  const known = { kind, hasMacros, pages: kind === null ? null : pageCount };
  const isWritten = holdsText(reading);
  if (failure !== null && !isWritten) return { ...known, state: "failed", reason: failure, isCut: false };
  const isCut = reading.isCut || failure !== null;
  return { ...known, state: isWritten ? "text" : "no_text", reason: null, isCut };
}

/** The outcome, unless it is not what was wanted here. `type` is what the portal calls the file. */
export function asWanted(
  outcome: Outcome,
  { wanted, type }: { wanted: readonly DocumentKind[]; type: string | null },
): Outcome {
  const { kind } = outcome;
  const failed = (reason: DocumentFailure) => ({ ...outcome, state: "failed" as const, reason, isCut: false });
  if (kind !== null && isStandIn(kind, type)) return failed("not_the_document");
  return kind === null || wanted.includes(kind) ? outcome : failed("type_not_wanted");
}

function isStandIn(kind: DocumentKind, type: string | null): boolean {
  return (kind === "html" || kind === "text") && type !== null && FILE_TYPES.test(type);
}

/** Pictures of pages have no letters but stamps. */
function holdsText({ kind, pages }: Reading): boolean {
  const letters = pages.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  return letters >= (kind === "pdf" ? Math.max(1, pages.length * LETTERS_OF_A_WRITTEN_PAGE) : 1);
}
