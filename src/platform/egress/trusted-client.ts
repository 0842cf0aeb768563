import { Agent } from "undici";
import { deadlineSignal } from "#kernel";
import { EgressTimeout, TooLarge } from "./errors.ts";
import { describeFailure, exchange, type WireResponse } from "./exchange.ts";
import { decompress, Overflow } from "./decompress.ts";
import { cleanHeaders, firstHeader } from "./wire-headers.ts";

export interface TrustedRequest {
  url: string;
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  timeoutMs?: number;
  maxBytes?: number;
}

export interface TrustedResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  durationMs: number;
}

export interface TrustedClientOptions {
  /** For everything together. Default 30,000. */
  timeoutMs?: number;
  /** Default 16 MiB. */
  maxBytes?: number;
}

/**
 * Asks addresses that the operator configured: no guard, no pace, no redirects, no retries (who calls knows what may be
 * sent twice). Throws `timeout`, `unreachable`, `too_large`, or the reason of `signal`.
 */
export class TrustedClient {
  readonly #timeoutMs: number;
  readonly #maxBytes: number;
  readonly #agent: Agent;

  constructor({ timeoutMs = 30_000, maxBytes = 16 * 1024 * 1024 }: TrustedClientOptions = {}) {
    this.#timeoutMs = timeoutMs;
    this.#maxBytes = maxBytes;
    this.#agent = new Agent({ allowH2: false, connect: { timeout: Math.min(10_000, timeoutMs) } });
  }

  async send(request: TrustedRequest): Promise<TrustedResponse> {
    const { url, method = "GET", headers = {}, body = null, timeoutMs = this.#timeoutMs } = request;
    const maxBytes = request.maxBytes ?? this.#maxBytes;
    const startedAt = performance.now();
    const signal = deadlineSignal(timeoutMs, request.signal);
    try {
      const wire = { url: new URL(url), method, headers, body, maxBytes, signal };
      const answer = await exchange(this.#agent, wire);
      return {
        status: answer.status,
        headers: cleanHeaders(answer.headers),
        body: await decoded(answer, url, maxBytes),
        durationMs: performance.now() - startedAt,
      };
    } catch (error) {
      request.signal?.throwIfAborted();
      if (signal.aborted) throw new EgressTimeout(url, `${timeoutMs} ms in all`, 1, error);
      throw describeFailure(url, error, 1);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

async function decoded({ headers, body }: WireResponse, url: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await decompress(body, firstHeader(headers, "content-encoding"), maxBytes);
  } catch (error) {
    throw error instanceof Overflow ? new TooLarge(url, maxBytes, 1) : error;
  }
}
