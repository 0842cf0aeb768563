import type { FastifyRequest } from "fastify";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a page of this server sent the request, as the browser says: a page elsewhere cannot write these headers. The newer
 * header is also right behind a proxy that changes the name of the host; browsers leave it out where there is no TLS.
 */
export function isOfOwnPage({ headers, host }: Pick<FastifyRequest, "headers" | "host">): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const origin = headers.origin;
  return origin !== undefined && URL.parse(origin)?.host === host;
}

/** Whether a browser says that the request comes from a page elsewhere. Programs say nothing, and are no danger of this kind. */
export function isOfForeignPage(request: Pick<FastifyRequest, "headers" | "host">): boolean {
  const { headers } = request;
  const saysNothing = headers["sec-fetch-site"] === undefined && headers.origin === undefined;
  return !saysNothing && !isOfOwnPage(request);
}

/** What a cookie alone must not be enough for: changes, and connections that stay open both ways. */
export function needsOwnPage({ method, headers }: Pick<FastifyRequest, "method" | "headers">): boolean {
  return !SAFE.has(method) || headers.upgrade !== undefined;
}
