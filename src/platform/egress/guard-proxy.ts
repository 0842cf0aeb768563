import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { AppError, silentLogger, type Logger } from "#kernel";
import type { AddressGuard } from "./address-guard.ts";
import { AddressRefused, withoutSecrets } from "./errors.ts";
import { directExit, proxyExit } from "./exit.ts";
import { answerFailure, forward } from "./forward.ts";

export interface GuardProxyOptions {
  guard: AddressGuard;
  logger?: Logger;
  /** Default 127.0.0.1. Anything else needs credentials. */
  listenHost?: string;
  credentials?: { username: string; password: string };
  connectTimeoutMs?: number;
  /** A proxy to go through, checked addresses only. Default: none. */
  upstream?: string | null;
  /** Told the address of each refused request, for tests and for the operator's log. */
  onRefused?: (address: string) => void;
}

export interface GuardProxy {
  /** `http://host:port` */
  url: string;
  port: number;
  /** From now on only these `host:port` are reached; connections to others end at once. */
  confine(targets: readonly string[]): void;
  /** Ends all connections, also tunnels. */
  close(): Promise<void>;
}

/**
 * A forward proxy for browsers: absolute-form requests and CONNECT tunnels (which carry TLS and WebSockets). It resolves
 * each name itself, checks what came out, and connects to that address, so what a page does cannot lead inside.
 * One proxy per job: the hosts that one job has open stay closed for the others.
 */
export async function startGuardProxy(options: GuardProxyOptions): Promise<GuardProxy> {
  const { guard, listenHost = "127.0.0.1", connectTimeoutMs = 10_000, upstream } = options;
  if (!["127.0.0.1", "::1"].includes(listenHost) && !options.credentials) {
    throw new AppError({
      kind: "invalid",
      code: "open_proxy_refused",
      message:
        "A guard proxy that others can reach needs credentials. Give a user name and password, or listen on 127.0.0.1.",
    });
  }
  const limits = { connectTimeoutMs, headersTimeoutMs: 300_000, bodyTimeoutMs: 300_000 };
  const exit = upstream ? proxyExit(guard, upstream, limits) : directExit(guard, limits);
  const tunnels = new Map<Duplex, string>();
  let confines: ReadonlySet<string> | null = null;
  const refuseOutside = (target: string): void => {
    if (confines && !confines.has(target))
      throw new AddressRefused(
        `https://${target}`,
        "This session is confined to other hosts",
        "Nothing was sent there.",
      );
  };
  const agentWithin = async (url: string) => {
    refuseOutside(targetOf(url));
    return await exit.agentFor(url);
  };
  const tunnelWithin = async (target: string) => {
    refuseOutside(target.toLowerCase());
    const server = await exit.openTunnel(target);
    track(tunnels, server, target);
    // It may have been confined while the connection was made.
    refuseOutside(target.toLowerCase());
    return server;
  };
  const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
    if (!mayUse(request, options)) return refuse(response, 407);
    const url = request.url ?? "";
    const onFailure = (error: unknown): void => noteRefusal(options, url, error);
    agentWithin(url).then(
      (agent) => forward(agent, request, response, onFailure),
      (error: unknown) => answerFailure(response, error, onFailure),
    );
  });
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    if (!mayUse(request, options)) return endTunnel(client, "407 Proxy Authentication Required");
    track(tunnels, client, request.url ?? "");
    tunnelWithin(request.url ?? "").then(
      (server) => joinTunnel(client, server, head),
      (error: unknown) => {
        noteRefusal(options, request.url ?? "", error);
        endTunnel(
          client,
          error instanceof AppError && error.kind === "forbidden" ? "403 Forbidden" : "502 Bad Gateway",
        );
      },
    );
  });
  server.on("upgrade", (_request, client: Duplex) => endTunnel(client, "400 Bad Request"));
  server.on("clientError", (_error, client: Duplex) => client.destroy());
  const port = await listen(server, listenHost);
  const host = listenHost.includes(":") ? `[${listenHost}]` : listenHost;
  return {
    url: `http://${host}:${port}`,
    port,
    confine: (targets) => {
      confines = new Set(targets);
      for (const [tunnel, target] of tunnels) if (!confines.has(target.toLowerCase())) tunnel.destroy();
    },
    close: async () => {
      for (const tunnel of tunnels.keys()) tunnel.destroy();
      server.closeAllConnections();
      await Promise.all([exit.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

function joinTunnel(client: Duplex, upstream: Duplex, head: Buffer): void {
  if (client.destroyed) return void upstream.destroy();
  client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.byteLength > 0) upstream.write(head);
  upstream.on("error", () => client.destroy());
  client.on("error", () => upstream.destroy());
  upstream.on("close", () => client.destroy());
  client.on("close", () => upstream.destroy());
  upstream.pipe(client).pipe(upstream);
}

/** `host:port` as CONNECT writes it. */
function targetOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.hostname}:${parsed.port || "80"}` : "";
}

function track<S extends Duplex>(tunnels: Map<Duplex, string>, socket: S, target: string): S {
  tunnels.set(socket, target);
  socket.on("error", () => socket.destroy());
  socket.once("close", () => tunnels.delete(socket));
  return socket;
}

function noteRefusal({ logger = silentLogger, onRefused }: GuardProxyOptions, address: string, error: unknown): void {
  if (!(error instanceof AppError) || error.kind !== "forbidden") return;
  logger.warn("egress.refused", { url: withoutSecrets(address), code: error.code, by: "browser" });
  onRefused?.(address);
}

function mayUse({ headers }: IncomingMessage, { credentials }: GuardProxyOptions): boolean {
  if (!credentials) return true;
  const wanted = Buffer.from(
    `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`,
  );
  const given = Buffer.from(headers["proxy-authorization"] ?? "");
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
}

function refuse(response: ServerResponse, status: 407): void {
  response.writeHead(status, { "proxy-authenticate": 'Basic realm="guard"', connection: "close" }).end();
}

function endTunnel(client: Duplex, status: string): void {
  const authenticate = status.startsWith("407") ? 'Proxy-Authenticate: Basic realm="guard"\r\n' : "";
  client.end(`HTTP/1.1 ${status}\r\n${authenticate}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}
