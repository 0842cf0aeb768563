import { z } from "zod";
import { AppError, type Clock } from "#kernel";
import type { SecretSeal } from "#platform/storage";
import type { Attempt, Delivery } from "./delivery.ts";
import { DELIVERY_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, sign } from "./signature.ts";

const TIMEOUT_MS = 20_000;
/** Of the answer, which is not looked at. */
const MAX_BYTES = 64 * 1024;

/** The part of an egress client that a delivery needs. */
export interface Sender {
  send(request: {
    url: string;
    method: "POST";
    headers: Record<string, string>;
    body: string;
    timeoutMs: number;
    maxBytes: number;
    signal: AbortSignal;
  }): Promise<{ status: number; headers: Readonly<Record<string, string>> }>;
}

const secretsSchema = z.object({ bearer: z.string().optional(), hmacSecret: z.string().optional() });

export interface WebhookSecrets {
  bearer?: string | undefined;
  hmacSecret?: string | undefined;
}

/** Where the secrets of a delivery belong; a sealed text that is moved to another delivery does not open. */
export function placeOf(id: string): string {
  return `delivery:${id}`;
}

export function sealSecrets(seal: SecretSeal, id: string, { bearer, hmacSecret }: WebhookSecrets): string | null {
  if (bearer === undefined && hmacSecret === undefined) return null;
  return seal.seal(JSON.stringify({ bearer, hmacSecret }), placeOf(id));
}

function openSecrets(seal: SecretSeal, { id, secrets }: Delivery): WebhookSecrets {
  return secrets === null ? {} : secretsSchema.parse(JSON.parse(seal.open(secrets, placeOf(id))));
}

export interface WebhookDeps {
  sender: Sender;
  seal: SecretSeal;
  clock: Clock;
}

/** Sends one message once. Never throws for what the other side or the network does, only when told to stop. */
export async function sendWebhook(
  delivery: Delivery,
  { sender, seal, clock }: WebhookDeps,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const headers = headersOf(delivery, openSecrets(seal, delivery), clock());
    const { url, body } = delivery;
    const answer = await sender.send({
      url,
      method: "POST",
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    return judge(answer.status, answer.headers["retry-after"], clock());
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, status: null, error: error instanceof AppError ? error.code : "send_failed" };
  }
}

function headersOf({ id, body }: Delivery, { bearer, hmacSecret }: WebhookSecrets, now: Date): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1000);
  return {
    "Content-Type": "application/json",
    [DELIVERY_HEADER]: id,
    [TIMESTAMP_HEADER]: String(timestamp),
    ...(hmacSecret === undefined ? {} : { [SIGNATURE_HEADER]: sign(hmacSecret, timestamp, body) }),
    ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
  };
}

/** 2xx is delivered and 410 is refused for good; all else, redirects too, may be a mistake that somebody repairs. */
function judge(status: number, retryAfter: string | undefined, now: Date): Attempt {
  if (status >= 200 && status < 300) return { ok: true, status };
  const retryAfterMs = readRetryAfter(retryAfter, now);
  return {
    ok: false,
    status,
    error: `http_${status}`,
    isFinal: status === 410,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function readRetryAfter(text: string | undefined, now: Date): number | null {
  if (!text) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
