import { APICallError } from "ai";
import { AppError } from "#kernel";
import { ProviderFailed, ProviderRefusedKey, ProviderRefusedRequest } from "../errors.ts";

/**
 * What went wrong at a provider, in this module's words. What the SDK or the provider said is dropped, cause included: it
 * repeats prompts, and sometimes the key.
 */
export function failureOf(error: unknown): AppError {
  if (APICallError.isInstance(error)) {
    const { statusCode: status, responseHeaders = {} } = error;
    if (status === undefined) return networkFailure(error.cause) ?? new ProviderFailed("unreachable");
    if (status === 401 || status === 403) return new ProviderRefusedKey(status);
    if (status === 408 || status === 409 || status === 429 || status >= 500) {
      return new ProviderFailed(`status ${status}`, { status, retryAfterMs: retryAfterMs(responseHeaders) });
    }
    if (status >= 400) return new ProviderRefusedRequest(status);
    return new ProviderFailed("an answer that is not in its format", { status });
  }
  return networkFailure(error) ?? new ProviderFailed("an answer that is not in its format");
}

function networkFailure(error: unknown): AppError | null {
  if (!(error instanceof AppError)) return null;
  return error.code.startsWith("llm_")
    ? error
    : new ProviderFailed(error.code === "timeout" ? "timeout" : "unreachable");
}

/** `retry-after-ms`, or `Retry-After` in seconds. Dates are left aside: clocks differ. */
function retryAfterMs(headers: Readonly<Record<string, string>>): number | null {
  const exact = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
