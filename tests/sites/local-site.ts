import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a form that was posted. */
  readonly form: URLSearchParams;
  /** What was posted, as it came. */
  readonly text: string;
  readonly cookies: ReadonlyMap<string, string>;
  readonly headers: IncomingMessage["headers"];
  /** How often exactly this was asked before. */
  readonly askedBefore: number;
}

export interface SiteAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Cut the connection after so many bytes of the body. */
  readonly cutAfter?: number;
  readonly delayMs?: number;
}

export type SiteHandler = (request: SiteRequest) => SiteAnswer | null;

export interface LocalSite {
  readonly url: string;
  /** `127.0.0.1:port`, to be opened in the address guard. */
  readonly host: string;
  /** What was asked, as `GET /list?page=2`, in order; without robots.txt and icons. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Serves one site from a free port. A handler that answers null means 404. */
export async function startSite(handle: SiteHandler): Promise<LocalSite> {
  const requests: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer((message, response) => {
    void answer(message, response).catch(() => response.destroy());
  });

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, search, searchParams: query } = new URL(message.url ?? "/", "http://site.example");
    const method = message.method ?? "GET";
    const text = method === "POST" ? await bodyOf(message) : "";
    const form = new URLSearchParams(text);
    const line = `${method} ${path}${search}`;
    const askedBefore = counts.get(line) ?? 0;
    counts.set(line, askedBefore + 1);
    if (path !== "/robots.txt" && path !== "/favicon.ico") requests.push(line);
    const cookies = cookiesOf(message.headers.cookie ?? "");
    send(response, handle({ method, path, query, form, text, cookies, headers: message.headers, askedBefore }));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: SiteAnswer | null): void {
  const { status = 200, headers = {}, body = "", cutAfter, delayMs = 0 } = answer ?? { status: 404, body: notFound() };
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const write = (): void => {
    const type = { "content-type": "text/html; charset=utf-8" };
    response.writeHead(status, { ...type, ...headers, ...(status === 304 ? {} : { "content-length": bytes.length }) });
    if (cutAfter === undefined) response.end(status === 304 ? undefined : bytes);
    else response.write(bytes.subarray(0, cutAfter), () => response.destroy());
  };
  if (delayMs > 0) setTimeout(write, delayMs);
  else write();
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function cookiesOf(header: string): Map<string, string> {
  const pairs = header.split(/;\s*/).filter((pair) => pair.includes("="));
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function notFound(): string {
  return "<!doctype html><title>Not found</title><h1>404</h1><p>There is no such page.</p>";
}
