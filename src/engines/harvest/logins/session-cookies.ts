import type { SessionState } from "./session-state.ts";

type Cookie = SessionState["cookies"][number];

/** The `Cookie` header that a signed-in visitor sends to an address (RFC 6265, section 5.4); null where there is nothing to send. */
export function cookieHeader({ cookies }: SessionState, address: string, now: Date): string | null {
  const url = URL.parse(address);
  if (!url) return null;
  const sent = cookies.filter((cookie) => isFor(cookie, url, now)).toSorted((a, b) => b.path.length - a.path.length);
  return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
}

function isFor({ domain, path, expires, secure }: Cookie, url: URL, now: Date): boolean {
  const host = url.hostname.toLowerCase();
  const isHost = domain.startsWith(".")
    ? host === domain.slice(1).toLowerCase() || host.endsWith(domain.toLowerCase())
    : host === domain.toLowerCase();
  if (!isHost || (secure && url.protocol !== "https:")) return false;
  if (expires >= 0 && expires * 1_000 <= now.getTime()) return false;
  return url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
