import { z } from "zod";

/** What the server does with one request. */
export type ScriptedReply =
  | { readonly kind: "answer"; readonly text: string; readonly inputTokens?: number; readonly outputTokens?: number }
  /** The longest answer was reached. */
  | { readonly kind: "cut"; readonly text: string }
  | { readonly kind: "refused" }
  | { readonly kind: "filtered" }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** A body that is not in the wire format, with status 200. */
  | { readonly kind: "garbage" }
  /** The connection breaks in the middle of the body. */
  | { readonly kind: "broken" }
  /** Nothing ever comes. */
  | { readonly kind: "silence" };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type WireFormat = "responses" | "chat" | "gemini" | "anthropic";

export interface SeenTurn {
  readonly role: string;
  readonly text: string;
  readonly pictures: number;
}

/** A request as every format says it. */
export interface SeenRequest {
  readonly format: WireFormat;
  readonly path: string;
  readonly headers: Headers;
  readonly system: string;
  readonly turns: readonly SeenTurn[];
  /** Whether the format's own field for the form of the answer is filled. */
  readonly hasSchema: boolean;
  readonly temperature: number | undefined;
  readonly maxTokens: number | undefined;
  readonly body: unknown;
}

type Given = Extract<ScriptedReply, { kind: "answer" | "cut" | "refused" | "filtered" }>;

const Part = z.looseObject({ type: z.string().optional(), text: z.string().optional() });
const Content = z.union([z.string().transform((text) => [{ type: "text", text }]), z.array(Part)]);
const Message = z.object({ role: z.string().default("user"), content: Content });
const Parts = z.object({
  role: z.string().default("user"),
  parts: z.array(z.looseObject({ text: z.string().optional() })),
});

const Body = z.looseObject({
  input: z.array(Message).optional(),
  messages: z.array(Message).optional(),
  contents: z.array(Parts).optional(),
  system: Content.optional(),
  systemInstruction: Parts.partial().optional(),
  text: z.looseObject({ format: z.unknown().optional() }).optional(),
  response_format: z.unknown().optional(),
  output_config: z.unknown().optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
  generationConfig: z
    .looseObject({
      responseSchema: z.unknown().optional(),
      responseJsonSchema: z.unknown().optional(),
      temperature: z.number().optional(),
      maxOutputTokens: z.number().optional(),
    })
    .optional(),
  temperature: z.number().optional(),
  max_tokens: z.number().optional(),
  max_output_tokens: z.number().optional(),
});

export function readRequest(path: string, headers: Headers, text: string): SeenRequest {
  const body = Body.parse(JSON.parse(text));
  const { generationConfig } = body;
  const all = (body.input ?? body.messages ?? []).map(({ role, content }) => toTurn(role, content));
  const gemini = (body.contents ?? []).map(({ role, parts }) => toTurn(role, parts));
  const isSystem = ({ role }: SeenTurn) => role === "system" || role === "developer";
  const systems = [
    ...all.filter(isSystem),
    ...(body.system ? [toTurn("system", body.system)] : []),
    ...(body.systemInstruction?.parts ? [toTurn("system", body.systemInstruction.parts)] : []),
  ];
  const forms = [body.text?.format, body.response_format, body.output_config, body.tools?.[0]];
  const own = [generationConfig?.responseSchema, generationConfig?.responseJsonSchema];
  return {
    format: formatOf(path),
    path,
    headers,
    system: systems.map((turn) => turn.text).join("\n"),
    turns: [...all.filter((turn) => !isSystem(turn)), ...gemini],
    hasSchema: [...forms, ...own].some((form) => form !== undefined && form !== null),
    temperature: body.temperature ?? generationConfig?.temperature,
    maxTokens: body.max_output_tokens ?? body.max_tokens ?? generationConfig?.maxOutputTokens,
    body,
  };
}

function formatOf(path: string): WireFormat {
  if (path.endsWith("/responses")) return "responses";
  if (path.endsWith("/chat/completions")) return "chat";
  return path.endsWith(":generateContent") ? "gemini" : "anthropic";
}

function toTurn(role: string, parts: readonly { text?: string | undefined }[]): SeenTurn {
  const texts = parts.flatMap(({ text }) => (text === undefined ? [] : [text]));
  return { role, text: texts.join("\n"), pictures: parts.length - texts.length };
}

/** The reply as the request's format says it. */
export function bodyOf(asked: SeenRequest, reply: Given): unknown {
  return WRITERS[asked.format](reply);
}

function tokensOf(reply: Given): { input: number; output: number } {
  const { inputTokens = 100, outputTokens = 20 } = reply.kind === "answer" ? reply : {};
  return { input: inputTokens, output: outputTokens };
}

const textOf = (reply: Given): string => ("text" in reply ? reply.text : "");

const WRITERS: Record<WireFormat, (reply: Given) => unknown> = {
  responses: (reply) => {
    const { input, output } = tokensOf(reply);
    const cutBy = { cut: "max_output_tokens", filtered: "content_filter" };
    const reason = reply.kind === "cut" || reply.kind === "filtered" ? cutBy[reply.kind] : null;
    const said =
      reply.kind === "refused"
        ? { type: "refusal", refusal: "I cannot help with that." }
        : { type: "output_text", text: textOf(reply), annotations: [] };
    return {
      id: "resp_1",
      created_at: 1,
      model: "scripted",
      status: reason === null ? "completed" : "incomplete",
      incomplete_details: reason === null ? null : { reason },
      output: [{ type: "message", role: "assistant", id: "msg_1", content: [said] }],
      usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
    };
  },
  chat: (reply) => {
    const { input, output } = tokensOf(reply);
    const finish = { answer: "stop", cut: "length", refused: "stop", filtered: "content_filter" }[reply.kind];
    const refusal = reply.kind === "refused" ? { refusal: "I cannot help with that." } : {};
    const content = reply.kind === "refused" ? null : textOf(reply);
    return {
      id: "chat_1",
      object: "chat.completion",
      created: 1,
      model: "scripted",
      choices: [{ index: 0, message: { role: "assistant", content, ...refusal }, finish_reason: finish }],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    };
  },
  gemini: (reply) => {
    const { input, output } = tokensOf(reply);
    const usageMetadata = { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output };
    if (reply.kind === "refused") return { promptFeedback: { blockReason: "SAFETY" }, candidates: [], usageMetadata };
    const finishReason = { answer: "STOP", cut: "MAX_TOKENS", filtered: "SAFETY" }[reply.kind];
    const content = { role: "model", parts: [{ text: textOf(reply) }] };
    return { candidates: [{ index: 0, content, finishReason }], usageMetadata };
  },
  anthropic: (reply) => {
    const { input, output } = tokensOf(reply);
    const ending = { answer: "end_turn", cut: "max_tokens", refused: "refusal", filtered: "refusal" }[reply.kind];
    const declined = reply.kind === "refused" || reply.kind === "filtered";
    return {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "scripted",
      content: declined ? [] : [{ type: "text", text: textOf(reply) }],
      stop_reason: ending,
      stop_sequence: null,
      usage: { input_tokens: input, output_tokens: output },
    };
  },
};
