import type { Dispatcher } from "undici";
import { EgressError, EgressTimeout, TooLarge, Unreachable } from "./errors.ts";

/** One request and its answer on the wire: no redirects, no retries, nothing decompressed. */
export interface WireRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  maxBytes: number;
  /** Cut at `maxBytes` instead of failing. */
  mayCut?: boolean;
  signal: AbortSignal;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
}

/**
 * Sends and reads with undici's own callbacks: no stream objects, so the cost over the bare wire is a few microseconds.
 * Stops reading, and closes the connection, as soon as the body is larger than allowed.
 */
export function exchange(dispatcher: Dispatcher, request: WireRequest): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const { signal, maxBytes, url } = request;
    if (signal.aborted) return reject(signal.reason);
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let headers: WireResponse["headers"] = {};
    let controller: Dispatcher.DispatchController | null = null;
    const abort = (): void => {
      if (controller) controller.abort(asError(signal.reason));
      else settle(() => reject(signal.reason));
    };
    const settle = (act: () => void): void => {
      signal.removeEventListener("abort", abort);
      act();
    };
    const finish = (): void => {
      const [only] = chunks;
      const body = chunks.length === 1 && only ? only : Buffer.concat(chunks);
      settle(() => resolve({ status, headers, body }));
    };
    const enough = (): void => {
      if (request.mayCut) finish();
      controller?.abort(new TooLarge(url.href, maxBytes, 1));
    };
    signal.addEventListener("abort", abort, { once: true });
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      {
        onRequestStart: (given) => {
          controller = given;
          if (signal.aborted) given.abort(asError(signal.reason));
        },
        onResponseStart: (_, statusCode, given) => {
          if (statusCode < 200) return;
          status = statusCode;
          headers = given;
          const declared = Number(given["content-length"]);
          if (declared > maxBytes && request.method !== "HEAD" && !request.mayCut) enough();
        },
        onResponseData: (_, chunk) => {
          size += chunk.byteLength;
          chunks.push(chunk);
          if (size > maxBytes) enough();
        },
        onResponseEnd: finish,
        onResponseError: (_, error) => settle(() => reject(error)),
      },
    );
  });
}

/** Codes of undici and Node that mean "too slow", with what was slow. */
const SLOW: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: "connecting",
  ETIMEDOUT: "connecting",
  UND_ERR_HEADERS_TIMEOUT: "waiting for the answer",
  UND_ERR_BODY_TIMEOUT: "reading the answer",
};

/** Puts a failure of the wire into our words. Our own refusals pass through; `attempts` is added to the rest. */
export function describeFailure(url: string, error: unknown, attempts: number): unknown {
  if (error instanceof EgressError) return error;
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  const phase = SLOW[code];
  if (phase !== undefined) return new EgressTimeout(url, phase, attempts, error);
  return new Unreachable(url, code === "" ? error.message.slice(0, 200) : code, attempts, error);
}

function codeOf(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string") return code;
  return error.cause instanceof Error ? codeOf(error.cause) : "";
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
