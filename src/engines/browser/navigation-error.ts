import { AddressRefused, EgressTimeout, Unreachable } from "#platform/egress";
import { NotAPage } from "./errors.ts";
import { isPlaywrightTimeout } from "./settle.ts";

/** Puts a failed navigation into our words. `refused` are the addresses that the session's proxy refused lately. */
export function navigationError(url: string, error: unknown, refused: readonly string[]): unknown {
  if (isPlaywrightTimeout(error)) return new EgressTimeout(url, "loading the page", 1, error);
  const message = String(error);
  const [, code] = /net::(ERR_[A-Z_]+)/.exec(message) ?? [];
  if (/Download is starting/i.test(message) || code === "ERR_ABORTED") return new NotAPage(url, error);
  if (code === undefined) return error;
  const { hostname } = new URL(url);
  // Chromium does not show what a proxy answers to CONNECT, so the refusal is known from our side of it.
  if (code === "ERR_TUNNEL_CONNECTION_FAILED" && refused.some((each) => each.startsWith(hostname))) {
    return new AddressRefused(url, `"${hostname}" is not on the public internet`);
  }
  return new Unreachable(url, code, 1, error);
}
