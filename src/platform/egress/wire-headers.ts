import { MemoryCookieStore, type CookieJar } from "tough-cookie";
import { ACCEPT_ENCODING } from "./decompress.ts";
import type { EgressRequest, EgressResponse } from "./request.ts";
import type { WireResponse } from "./exchange.ts";

/** Headers that describe the connection or that we set ourselves. */
const OURS = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that belong to one origin and do not follow a redirect to another. */
const SECRETS = new Set(["authorization", "cookie"]);

const DEFAULT_ACCEPT = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8";

/** What may not stand in a header: C0 but tab, and DEL. */
const CONTROL = /[^\t\x20-\x7e\x80-\u{10ffff}]+/gu;
const HAS_CONTROL = /[^\t\x20-\x7e\x80-\u{10ffff}]/u;

/** The headers of one hop. `sameOrigin` is false once a redirect has left the origin of the request. */
export function requestHeaders(
  request: EgressRequest,
  hop: { url: URL; userAgent: string; sameOrigin: boolean; hasBody: boolean },
): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": hop.userAgent,
    accept: DEFAULT_ACCEPT,
    "accept-encoding": ACCEPT_ENCODING,
  };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const key = name.toLowerCase();
    if (OURS.has(key) || (SECRETS.has(key) && !hop.sameOrigin)) continue;
    if (!hop.hasBody && key === "content-type") continue;
    headers[key] = value.replace(CONTROL, " ");
  }
  const { etag, lastModified } = request.validators ?? {};
  if (etag !== undefined) headers["if-none-match"] = etag.replace(CONTROL, "");
  if (lastModified !== undefined) headers["if-modified-since"] = lastModified.replace(CONTROL, "");
  const cookies = cookiesFor(request.cookies, hop.url);
  if (cookies !== "")
    headers["cookie"] = headers["cookie"] === undefined ? cookies : `${headers["cookie"]}; ${cookies}`;
  return headers;
}

/** Looking a host up in a jar takes longer than all the rest of a request's headers; an empty jar needs no looking. */
function cookiesFor(jar: CookieJar | undefined, url: URL): string {
  if (!jar || (jar.store instanceof MemoryCookieStore && Object.keys(jar.store.idx).length === 0)) return "";
  return jar.getCookieStringSync(url.href);
}

/** Response headers for the caller: one clean string each, cookies left out. */
export function cleanHeaders(headers: WireResponse["headers"]): EgressResponse["headers"] {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === "set-cookie" || name === "__proto__") continue;
    const text = typeof value === "string" ? value : value.join(", ");
    clean[name] = HAS_CONTROL.test(text) ? text.replace(CONTROL, " ") : text;
  }
  return clean;
}

/** Puts the cookies of an answer into the jar. Cookies that the jar refuses are left out, as browsers do. */
export function keepCookies(jar: CookieJar | undefined, url: URL, headers: WireResponse["headers"]): void {
  const given = headers["set-cookie"];
  if (!jar || given === undefined) return;
  for (const cookie of typeof given === "string" ? [given] : given)
    jar.setCookieSync(cookie, url.href, { ignoreError: true });
}

/** One value of a header that may have been sent several times. */
export function firstHeader(headers: WireResponse["headers"], name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}
