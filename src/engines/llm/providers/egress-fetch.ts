import type { TrustedClient } from "#platform/egress";

const OF_THE_WAY = new Set(["content-encoding", "content-length", "transfer-encoding"]);

/** A `fetch` for provider SDKs whose requests leave through the trusted client. */
export function egressFetch(
  client: Pick<TrustedClient, "send">,
  timeoutMs: number,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = new Uint8Array(await asked.arrayBuffer());
    const {
      status,
      headers,
      body: answered,
    } = await client.send({
      url: asked.url,
      method: asked.method === "GET" ? "GET" : "POST",
      headers: Object.fromEntries(asked.headers),
      ...(body.length === 0 ? {} : { body }),
      timeoutMs,
      signal: asked.signal,
    });
    // The body is whole and decoded: what described its way here no longer holds.
    const kept = Object.entries(headers).filter(([name]) => !OF_THE_WAY.has(name.toLowerCase()));
    const bodyless = status === 204 || status === 205 || status === 304;
    return new Response(bodyless ? null : new Uint8Array(answered), { status, headers: Object.fromEntries(kept) });
  };
}
