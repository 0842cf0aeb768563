import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { CookieJar } from "tough-cookie";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { GuardedClient, type GuardedClientOptions } from "./guarded-client.ts";
import { ProxyPool } from "./proxy-pool.ts";
import { TrustedClient } from "./trusted-client.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function serve(listener: RequestListener): Promise<{ base: string; host: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, server };
}

function clientFor(options: GuardedClientOptions): GuardedClient {
  const client = new GuardedClient({ pace: { minDelayMs: 0, concurrency: 8 }, random: () => 0, ...options });
  open.push(client);
  return client;
}

const text = ({ body }: { body: Uint8Array }): string => Buffer.from(body).toString();
const noRobots =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url === "/robots.txt") return void response.writeHead(404).end();
    listener(request, response);
  };

describe("the guarded client", () => {
  it("gives any status as an answer, with its headers and timing", async () => {
    const site = await serve(noRobots((_, response) => void response.writeHead(418, { "x-kind": "tea" }).end("short")));
    const answer = await clientFor({ allowHosts: [site.host] }).send({ url: `${site.base}/a?b=1` });
    expect(answer).toMatchObject({
      status: 418,
      url: `${site.base}/a?b=1`,
      redirects: [],
      attempts: 1,
      notModified: false,
    });
    expect(answer.headers["x-kind"]).toBe("tea");
    expect(text(answer)).toBe("short");
  });

  it("does not follow a redirect into a private network", async () => {
    let hits = 0;
    const canary = await serve(() => (hits += 1));
    const site = await serve(
      noRobots((_, response) => void response.writeHead(302, { location: `${canary.base}/secret` }).end()),
    );
    const sending = clientFor({ allowHosts: [site.host] }).send({ url: site.base });
    await expect(sending).rejects.toMatchObject({ code: "address_refused" });
    expect(hits).toBe(0);
  });

  it("does not reach a private address through a name that changes between check and connection", async () => {
    let hits = 0;
    const canary = await serve(() => (hits += 1));
    const answers = [["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]];
    const client = clientFor({ resolve: async () => answers.shift() ?? ["127.0.0.1"], limits: { maxAttempts: 1 } });
    await client.guard.check(`http://rebind.example:${new URL(canary.base).port}/`);
    const sending = client.send({ url: `http://rebind.example:${new URL(canary.base).port}/`, robots: "ignore" });
    await expect(sending).rejects.toMatchObject({ code: "address_refused", kind: "forbidden" });
    expect(hits).toBe(0);
  });

  it("does not lend one job's open host to another over a kept connection", async () => {
    const site = await serve(noRobots((_, response) => void response.end("inside")));
    const client = clientFor({});
    const allowed = client.withAllowHosts([site.host]);
    open.push(allowed);
    expect(text(await allowed.send({ url: site.base }))).toBe("inside");
    await expect(client.send({ url: site.base })).rejects.toMatchObject({ code: "address_refused" });
  });

  it("follows redirects, keeps cookies, and leaves secrets behind at the origin's border", async () => {
    const seen: string[] = [];
    const other = await serve(
      noRobots((request, response) => {
        seen.push(`${request.headers.authorization ?? "none"}`);
        response.end("there");
      }),
    );
    const site = await serve(
      noRobots((request, response) => {
        if (request.url === "/start")
          response.writeHead(302, { location: "/second", "set-cookie": ["sid=42; HttpOnly", "bad"] }).end();
        else response.writeHead(307, { location: `${other.base}/end`, "x-cookie": request.headers.cookie ?? "" }).end();
      }),
    );
    const cookies = new CookieJar();
    const client = clientFor({ allowHosts: [site.host, other.host] });
    const answer = await client.send({ url: `${site.base}/start`, cookies, headers: { Authorization: "Bearer x" } });
    expect(answer).toMatchObject({
      status: 200,
      url: `${other.base}/end`,
      redirects: [`${site.base}/start`, `${site.base}/second`],
    });
    expect(seen).toEqual(["none"]);
    expect(cookies.getCookieStringSync(site.base)).toContain("sid=42");
  });

  it("gives up on a circle of redirects", async () => {
    const site = await serve(noRobots((_, response) => void response.writeHead(302, { location: "/again" }).end()));
    const sending = clientFor({ allowHosts: [site.host] }).send({ url: site.base });
    await expect(sending).rejects.toMatchObject({ code: "too_many_redirects" });
  });

  it("obeys robots.txt, asks for it once, and ignores it on request", async () => {
    const asked: string[] = [];
    const site = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end(request.url === "/robots.txt" ? "User-agent: *\nDisallow: /private" : "page");
    });
    const client = clientFor({ allowHosts: [site.host] });
    await expect(client.send({ url: `${site.base}/private/1` })).rejects.toMatchObject({ code: "robots_disallowed" });
    await Promise.all([client.send({ url: `${site.base}/1` }), client.send({ url: `${site.base}/2` })]);
    await client.send({ url: `${site.base}/private/1`, robots: "ignore" });
    expect(asked.sort()).toEqual(["/1", "/2", "/private/1", "/robots.txt"]);
  });

  it("tries again after 503 and 429, waits as asked, and hands the last answer over", async () => {
    let tries = 0;
    const site = await serve(
      noRobots((_, response) => {
        tries += 1;
        if (tries < 3) response.writeHead(tries === 1 ? 503 : 429, { "retry-after": "0" }).end();
        else response.end("at last");
      }),
    );
    const answer = await clientFor({ allowHosts: [site.host] }).send({ url: site.base });
    expect(text(answer)).toBe("at last");
    expect(answer.attempts).toBe(3);
  });

  it("does not wait longer than allowed for a server that wants an hour", async () => {
    const site = await serve(
      noRobots((_, response) => void response.writeHead(503, { "retry-after": "3600" }).end("busy")),
    );
    const answer = await clientFor({ allowHosts: [site.host] }).send({ url: site.base });
    expect(answer.status).toBe(503);
  });

  it("does not send a post twice", async () => {
    let posts = 0;
    const site = await serve(
      noRobots((_, response) => {
        posts += 1;
        response.writeHead(503).end();
      }),
    );
    await clientFor({ allowHosts: [site.host] }).send({ url: site.base, method: "POST", body: "a=1" });
    expect(posts).toBe(1);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  ])("reads %s", async (encoding, compress) => {
    const page = "<p>wörds</p>".repeat(4_000);
    const site = await serve(
      noRobots((_, response) => void response.writeHead(200, { "content-encoding": encoding }).end(compress(page))),
    );
    expect(text(await clientFor({ allowHosts: [site.host] }).send({ url: site.base }))).toBe(page);
  });

  it("stops a body that is too large: declared, streamed, or only after decompression", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const site = await serve(
      noRobots((request, response) => {
        if (request.url === "/declared") response.writeHead(200, { "content-length": "100000000" }).write("x");
        else if (request.url === "/bomb") response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
        else {
          const timer = setInterval(() => response.write(Buffer.alloc(50_000)), 1);
          response.on("close", () => clearInterval(timer));
        }
      }),
    );
    const client = clientFor({ allowHosts: [site.host], limits: { maxBytes: 1_000_000 } });
    for (const path of ["/declared", "/streamed", "/bomb"]) {
      await expect(client.send({ url: site.base + path })).rejects.toMatchObject({
        code: "too_large",
        kind: "exhausted",
      });
    }
  });

  it("ends in time when a server is silent, and at once when the caller gives up", async () => {
    const site = await serve(noRobots(() => undefined));
    const client = clientFor({ allowHosts: [site.host] });
    await expect(client.send({ url: site.base, timeoutMs: 100 })).rejects.toMatchObject({ code: "timeout" });
    const stop = new AbortController();
    const sending = client.send({ url: site.base, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(sending).rejects.toThrow("enough");
  });

  it("says unreachable, and after how many tries, when nobody listens", async () => {
    const site = await serve(() => undefined);
    site.server.close();
    const sending = clientFor({ allowHosts: [site.host], limits: { maxAttempts: 2 } }).send({
      url: site.base,
      robots: "ignore",
    });
    await expect(sending).rejects.toMatchObject({
      code: "unreachable",
      attempts: 2,
      details: { reason: "ECONNREFUSED" },
    });
  });

  it("asks conditionally and tells when nothing changed", async () => {
    const site = await serve(
      noRobots((request, response) => {
        if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
        else response.writeHead(200, { etag: '"v1"' }).end("page");
      }),
    );
    const client = clientFor({ allowHosts: [site.host] });
    const first = await client.send({ url: site.base });
    const second = await client.send({ url: site.base, validators: { etag: first.headers["etag"] ?? "" } });
    expect(second).toMatchObject({ status: 304, notModified: true });
    expect(second.body.byteLength).toBe(0);
  });

  it("keeps its distance between requests to one host, and its number at one time", async () => {
    const sent: number[] = [];
    let now = 0;
    let most = 0;
    const site = await serve(
      noRobots((_, response) => {
        most = Math.max(most, (now += 1));
        setTimeout(() => {
          now -= 1;
          response.end();
        }, 30);
      }),
    );
    // Where they leave: one may arrive late, and the next one on time. How far apart turns are, to the millisecond, tests the pacer.
    const onSent = (message: unknown): void => {
      const { request } = z.object({ request: z.object({ origin: z.coerce.string() }) }).parse(message);
      if (request.origin === site.base) sent.push(performance.now());
    };
    subscribe("undici:request:create", onSent);
    const client = clientFor({ allowHosts: [site.host], pace: { minDelayMs: 25, concurrency: 2 } });
    const began = performance.now();
    const send = (page: number) => client.send({ url: `${site.base}/${page}`, robots: "ignore" });
    await send(0);
    await Promise.all([1, 2, 3, 4, 5].map(send));
    unsubscribe("undici:request:create", onSent);
    expect(sent).toHaveLength(6);
    sent.forEach((moment, nth) => expect(moment - began).toBeGreaterThanOrEqual(nth * 24));
    // The first of all, which has everything to set up, left out.
    sent.slice(2).forEach((moment, nth) => expect(moment - (sent[nth + 1] ?? moment)).toBeGreaterThan(12));
    expect(most).toBeLessThanOrEqual(2);
  });

  it("goes through a proxy only where the guard would go, and rests one that fails", async () => {
    const asked: string[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end("via proxy");
    });
    const proxies = new ProxyPool({ proxies: [proxy.base], clock: () => new Date(0) });
    const client = clientFor({
      proxies,
      resolve: async (host) => (host === "in.example" ? ["10.0.0.1"] : ["93.184.215.14"]),
    });
    expect(text(await client.send({ url: "http://out.example/x", robots: "ignore" }))).toBe("via proxy");
    await expect(client.send({ url: "http://in.example/x", robots: "ignore" })).rejects.toMatchObject({
      code: "address_refused",
    });
    expect(asked).toEqual(["http://out.example/x"]);
    proxy.server.closeAllConnections();
    proxy.server.close();
    await client.send({ url: "http://out.example/y", robots: "ignore" }).catch(() => undefined);
    expect(proxies.status()[0]).toMatchObject({ healthy: false });
  });
});

describe("the trusted client", () => {
  it("asks configured addresses wherever they are, and neither follows nor repeats", async () => {
    let hits = 0;
    const site = await serve((request, response) => {
      hits += 1;
      response.writeHead(302, { location: "/elsewhere", "x-method": request.method ?? "" }).end("body");
    });
    const client = new TrustedClient();
    open.push(client);
    const answer = await client.send({ url: site.base, method: "POST", body: "{}" });
    expect(answer).toMatchObject({ status: 302, headers: { "x-method": "POST" } });
    expect(hits).toBe(1);
  });

  it("ends in time when a server is silent", async () => {
    const site = await serve(() => undefined);
    const client = new TrustedClient({ timeoutMs: 80 });
    open.push(client);
    await expect(client.send({ url: site.base })).rejects.toMatchObject({ code: "timeout", kind: "unavailable" });
  });
});
