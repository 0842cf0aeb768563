import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface LocalSite {
  base: string;
  /** `127.0.0.1:port` */
  host: string;
  port: number;
  /** Paths asked for, in order. */
  asked: string[];
  /** TCP connections that arrived, whatever they carried. */
  connections(): number;
  close(): Promise<void>;
}

type Page = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A web site in this process: pages by path; `*` answers the rest, else 404. Strings are HTML. */
export async function serveSite(pages: Record<string, Page>): Promise<LocalSite> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    asked.push(request.url ?? "");
    const page = pages[path] ?? pages["*"];
    if (page === undefined) return void response.writeHead(404).end();
    if (typeof page === "function") return page(request, response);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    asked,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ids of the running browser processes below a process. Zombies do not count: they are gone but for their parent. */
export function browserProcessesBelow(ancestor: number): number[] {
  const parents = new Map<number, number>();
  const browsers: number[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      const [state = "", parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      parents.set(Number(entry), Number(parent));
      if (state !== "Z" && /chrom|headless/i.test(stat.slice(0, stat.lastIndexOf(")")))) browsers.push(Number(entry));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined && at > 0; at = parents.get(at)) if (at === ancestor) return true;
    return false;
  };
  return browsers.filter(isBelow);
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^\) Z/.test(stat.slice(stat.lastIndexOf(")")));
  } catch {
    return false;
  }
}
