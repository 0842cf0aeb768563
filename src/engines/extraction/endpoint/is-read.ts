import { z } from "zod";
import type { DataRequest } from "./data-request.ts";

/** Words of an address whose request changes something, whatever it answers. */
const WRITES =
  /^(?:add|approve|assign|cancel|create|delete|destroy|edit|insert|mutate|mutation|pay|publish|put|reject|remove|reset|save|send|submit|subscribe|update|upload|upsert|vote|write)$/i;

const GraphQl = z.looseObject({ query: z.string() });
const Stored = z.looseObject({ extensions: z.looseObject({ persistedQuery: z.unknown() }) });

/**
 * Whether asking again can change nothing as far as can be told. GET reads. A POST reads where it is a GraphQL `query` whose text
 * is sent along, or where no word of its path says that it writes; that its answer holds the records is proven apart.
 */
export function isRead({ url, method, body }: DataRequest): boolean {
  if (method !== "POST") return true;
  const words = (URL.parse(url)?.pathname ?? "").split("/").flatMap(wordsIn);
  if (words.some((word) => WRITES.test(word))) return false;
  return body?.as === "json" ? readsByJson(body.text) : true;
}

function readsByJson(text: string): boolean {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return false;
  }
  // Several questions at once: nobody knows which of them brought the records.
  if (Array.isArray(sent)) return false;
  const asked = GraphQl.safeParse(sent);
  if (asked.success && /[{}]/.test(asked.data.query)) return onlyQueries(asked.data.query);
  // A question that the server keeps under a number: what it does is not to be seen.
  return !Stored.safeParse(sent).success;
}

/** Comments and strings may hold anything; outside of them and of braces stand the kinds of operations. */
function onlyQueries(document: string): boolean {
  const plain = document.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n\r]*/g, " ").replace(/[^{}\w]+/g, " ");
  let depth = 0;
  for (const [token] of plain.matchAll(/[{}]|\w+/g)) {
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    else if (depth === 0 && /^(?:mutation|subscription)$/.test(token)) return false;
  }
  return depth === 0;
}

/** `saveSearch` and `save-search` are two words each. */
function wordsIn(segment: string): string[] {
  return segment.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[^\p{L}\d]+/u);
}
