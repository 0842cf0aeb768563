import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bodyOf, readRequest, type ScriptedReply, type SeenRequest } from "./testing/wire-formats.ts";

export type { ScriptedReply, SeenRequest, SeenTurn, WireFormat } from "./testing/wire-formats.ts";

/** Text, or a value to be written as JSON. */
export function answers(value: unknown, tokens: { inputTokens?: number; outputTokens?: number } = {}): ScriptedReply {
  return { kind: "answer", text: typeof value === "string" ? value : JSON.stringify(value), ...tokens };
}

/** A server in a model's place: it sees what was sent and nothing else. */
export interface ModelServer {
  /** Of the address; each wire format has its usual path under it. */
  readonly url: string;
  readonly seen: SeenRequest[];
  /** In this order; the last one goes on being given. */
  script(...replies: readonly ScriptedReply[]): void;
  /** A program that answers from what the prompt shows. */
  answerWith(program: (request: SeenRequest) => ScriptedReply | Promise<ScriptedReply>): void;
  close(): Promise<void>;
}

/** Speaks OpenAI's responses and chat completions, Gemini's generateContent and Anthropic's messages on a free port. */
export async function startModelServer(): Promise<ModelServer> {
  const seen: SeenRequest[] = [];
  let next: (request: SeenRequest) => ScriptedReply | Promise<ScriptedReply> = () => ({ kind: "status", status: 500 });
  const server = createServer((request, response) => {
    readAll(request)
      .then(async (body) => {
        const asked = readRequest(request.url ?? "", request.headers, body);
        seen.push(asked);
        give(response, asked, await next(asked));
      })
      .catch((error: unknown) => response.writeHead(418).end(`Not in its format: ${String(error)}`));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    script: (...replies) => {
      const left = [...replies];
      next = () => (left.length > 1 ? left.shift() : left[0]) ?? { kind: "status", status: 500 };
    },
    answerWith: (program) => {
      next = program;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function give(response: ServerResponse, asked: SeenRequest, reply: ScriptedReply): void {
  const json = { "content-type": "application/json" };
  if (reply.kind === "silence") return;
  if (reply.kind === "status") {
    // Providers repeat parts of the request in their errors.
    const error = { message: `Refused: ${JSON.stringify(asked.body).slice(0, 400)}`, type: "error", code: "scripted" };
    response.writeHead(reply.status, { ...json, ...reply.headers }).end(JSON.stringify({ error }));
    return;
  }
  if (reply.kind === "garbage") {
    response.writeHead(200, json).end("<html>Bad gateway</html>");
    return;
  }
  const whole = reply.kind === "broken" ? bodyOf(asked, { kind: "answer", text: "{}" }) : bodyOf(asked, reply);
  const text = JSON.stringify(whole);
  response.writeHead(200, { ...json, "content-length": Buffer.byteLength(text) });
  if (reply.kind === "broken") response.write(text.slice(0, text.length / 2), () => response.destroy());
  else response.end(text);
}
