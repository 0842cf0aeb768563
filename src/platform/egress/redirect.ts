/** One request of a chain of redirects. */
export interface Hop {
  url: URL;
  method: "GET" | "HEAD" | "POST";
  body: string | Uint8Array | null;
  /** Whether the chain is still on the origin that the request named. */
  sameOrigin: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends us, or null when it is no redirect that can be followed (Fetch, "HTTP-redirect fetch"). */
export function redirectTarget(hop: Hop, status: number, location: string | undefined): Hop | null {
  if (!REDIRECTS.has(status) || location === undefined || location === "") return null;
  const url = URL.parse(fromLatin1(location), hop.url.href);
  if (!url) return null;
  if (url.hash === "") url.hash = hop.url.hash;
  const becomesGet = status === 303 ? hop.method !== "HEAD" : status <= 302 && hop.method === "POST";
  return {
    url,
    method: becomesGet ? "GET" : hop.method,
    body: becomesGet ? null : hop.body,
    sameOrigin: hop.sameOrigin && url.origin === hop.url.origin,
  };
}

/** Header bytes arrive as Latin-1; many servers put UTF-8 into `Location`. */
function fromLatin1(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  const decoded = Buffer.from(text, "latin1").toString("utf8");
  return decoded.includes("\ufffd") ? text : decoded;
}
