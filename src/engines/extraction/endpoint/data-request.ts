import { z } from "zod";
import { isRead } from "./is-read.ts";

/** Beyond it, what a script sends is no question any more. */
const LONGEST_BODY = 20_000;

const address = z
  .string()
  .max(4000)
  .refine(isPlainAddress, { message: "an http or https address without a user name or password" });

/** Printable and on one line: nothing in a recipe can begin another header. */
const headerValue = z.string().regex(/^[\x20-\x7e]{1,300}$/, "one line of up to 300 printable ASCII characters");

const HeadersSchema = z.strictObject({
  accept: headerValue.optional().describe("As the page's script says it; else JSON."),
  "x-requested-with": headerValue.optional().describe("By which some servers tell scripts from people."),
});

const BodySchema = z
  .strictObject({
    as: z.enum(["json", "form"]).describe("The media type that it is sent as."),
    text: z.string().min(1).max(LONGEST_BODY, `at most ${LONGEST_BODY} characters`).describe("What is sent."),
  })
  .refine(({ as, text }) => as === "form" || isJson(text), { message: "text that is JSON, as `as` says" });

/** How an address that answers with data is asked. Part of a recipe, so that nothing in it may be secret. */
export const DATA_REQUEST = {
  url: address.describe("What is asked for the first part."),
  method: z.enum(["GET", "POST"]).optional().describe("GET unless it says otherwise. POST only where it reads."),
  headers: HeadersSchema.optional().describe("No others are sent: cookies come from the visit itself."),
  body: BodySchema.optional().describe("What is posted for the first part."),
};

export type DataHeaders = z.infer<typeof HeadersSchema>;
export type DataBody = z.infer<typeof BodySchema>;

/** A question that a page's script puts to an address, and that is answered with data. */
export interface DataRequest {
  readonly url: string;
  readonly method?: "GET" | "POST" | undefined;
  readonly headers?: DataHeaders | undefined;
  readonly body?: DataBody | undefined;
}

/** What is wrong with a request as a whole; null when nothing is. */
export function faultOf(request: DataRequest): { readonly at: "body" | "url"; readonly message: string } | null {
  const posts = request.method === "POST";
  if (posts !== (request.body !== undefined))
    return { at: "body", message: posts ? "what is posted" : "nothing, because GET sends no body" };
  if (isRead(request)) return null;
  return {
    at: posts ? "body" : "url",
    message: "a request that only reads: no GraphQL mutation, nothing that is saved",
  };
}

function isPlainAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
