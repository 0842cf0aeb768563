import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher } from "undici";
import { AppError } from "#kernel";

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const HOP_HEADERS = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Tells the browser's driver that an answer is ours and not the server's. */
const GUARD_HEADER = "x-gleaner-guard";

/** Passes one absolute-form request on and its answer back, byte by byte. Failures become 403, 502 or a cut connection. */
export function forward(
  agent: Dispatcher,
  request: IncomingMessage,
  response: ServerResponse,
  onFailure: (error: unknown) => void,
): void {
  const url = URL.parse(request.url ?? "");
  // Origin-form means that somebody speaks to the proxy as if it were a web server: a page, perhaps.
  if (!url || url.protocol !== "http:") return void response.writeHead(400, { connection: "close" }).end();
  const fail = (error: unknown): void => answerFailure(response, error, onFailure);
  let upstream: Dispatcher.DispatchController | null = null;
  response.on("close", () => {
    if (!response.writableFinished) upstream?.abort(new Error("The browser closed the connection"));
  });
  agent.dispatch(
    {
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method ?? "GET",
      headers: withoutHopHeaders(request.rawHeaders),
      body: hasBody(request) ? request : null,
    },
    {
      onRequestStart: (controller) => {
        upstream = controller;
        if (response.destroyed) controller.abort(new Error("The browser closed the connection"));
      },
      onResponseStart: (_, status, headers) => {
        if (status >= 200) response.writeHead(status, passable(headers));
      },
      onResponseData: (controller, chunk) => {
        if (response.write(chunk)) return;
        controller.pause();
        response.once("drain", () => controller.resume());
      },
      onResponseEnd: () => void response.end(),
      onResponseError: (_, error) => fail(error),
    },
  );
}

/** 403 for a refusal and 502 for the rest, marked as ours; an answer already begun is cut. */
export function answerFailure(response: ServerResponse, error: unknown, onFailure: (error: unknown) => void): void {
  onFailure(error);
  if (response.headersSent) return void response.destroy();
  const refused = error instanceof AppError && error.kind === "forbidden";
  const verdict = refused ? "refused" : "unreachable";
  // With a body: Chromium shows an error page of its own instead of an answer without one.
  response.writeHead(refused ? 403 : 502, { [GUARD_HEADER]: verdict, "content-type": "text/plain" }).end(verdict);
}

/** Raw name-value pairs without the ones of this connection. */
export function withoutHopHeaders(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? "";
    if (!HOP_HEADERS.has(name.toLowerCase())) kept.push(name, raw[at + 1] ?? "");
  }
  return kept;
}

function passable(headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== GUARD_HEADER && !HOP_HEADERS.has(name)) kept[name] = value;
  }
  return kept;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
