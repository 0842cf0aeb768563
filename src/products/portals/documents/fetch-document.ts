import { findLogIn, parsePage } from "#engines/extraction";
import { AppError } from "#kernel";
import { FETCH_FAILURES, type Fetched, type FetchFailure, type StoredDocument } from "./document.ts";

/** The part of an egress client that fetching takes: guarded, paced and heedful of robots.txt. */
export interface DocumentClient {
  send(request: {
    url: string;
    validators: { etag?: string; lastModified?: string };
    /** A cookie among them goes to the origin of `url` only, wherever that redirects to. */
    headers: Record<string, string>;
    robots: "respect" | "ignore";
    maxBytes: number;
    timeoutMs: number;
    signal: AbortSignal;
  }): Promise<{
    status: number;
    headers: Readonly<Record<string, string>>;
    body: Uint8Array;
    notModified: boolean;
  }>;
  close(): Promise<void>;
}

/** Makes a client for one portal; it is never faster than the operator's own pace. */
export type OpenDocumentClient = (options: { minDelayMs: number }) => DocumentClient;

const TIMEOUT_MS = 120_000;
/** May be gone with the next attempt. */
const PASSING: ReadonlySet<FetchFailure> = new Set(["timeout", "unreachable", "server_error"]);

export interface FetchOptions {
  readonly robots: "respect" | "ignore";
  readonly maxBytes: number;
  /** As whom; null for a stranger. */
  readonly cookie: string | null;
  readonly signal: AbortSignal;
}

/** Asks for one file, unless it is as it was. What the other side does is an outcome; only `signal` throws. */
export async function fetchDocument(
  { url, etag, lastModified, artifact }: StoredDocument,
  client: DocumentClient,
  { robots, maxBytes, cookie, signal }: FetchOptions,
): Promise<Fetched> {
  const validators = {
    ...(artifact !== null && etag !== null ? { etag } : {}),
    ...(artifact !== null && lastModified !== null ? { lastModified } : {}),
  };
  signal.throwIfAborted();
  try {
    const asWhom: Record<string, string> = cookie === null ? {} : { cookie };
    const request = { url, validators, headers: asWhom, robots, maxBytes, timeoutMs: TIMEOUT_MS, signal };
    const { status, headers, body, notModified } = await client.send(request);
    if (notModified) return { kind: "unchanged" };
    const refusal = refusalOf(status);
    if (refusal) return failed(refusal);
    const mediaType = headers["content-type"]?.slice(0, 200) ?? "application/octet-stream";
    const validator = (name: string) => headers[name]?.slice(0, 500) ?? null;
    return { kind: "bytes", bytes: body, mediaType, etag: validator("etag"), lastModified: validator("last-modified") };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return failed(FETCH_FAILURES.find((code) => code === error.code) ?? "unreachable");
  }
}

function failed(reason: FetchFailure): Fetched {
  return { kind: "failed", reason, mayPass: PASSING.has(reason) };
}

function refusalOf(status: number): FetchFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === 404 || status === 410) return "not_found";
  if (status >= 500 || status === 408 || status === 425 || status === 429) return "server_error";
  return "refused_by_portal";
}

/** The portal asks to sign in, in the place of the file. */
export function isSignedOut(fetched: Fetched, url: string): boolean {
  if (fetched.kind === "failed") return fetched.reason === "refused_by_portal";
  if (fetched.kind === "unchanged" || !/html/i.test(fetched.mediaType)) return false;
  try {
    return findLogIn(parsePage({ bytes: fetched.bytes, url, contentType: fetched.mediaType })) !== null;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
