import { z } from "zod";
import { sha256Hex, type JsonObject } from "#kernel";

export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: "image/jpeg" | "image/png" | "image/webp";
}

/** What is asked. Only `page` and `pictures` may hold what strangers wrote; they are fenced off from the rest. */
export interface ModelQuestion {
  /** Who the model is and how it answers. The same for every page. */
  readonly instructions: string;
  /** What is wanted now. The program's own words. */
  readonly task: string;
  /** Words of the page: data, never instructions. */
  readonly page?: string;
  readonly pictures?: readonly Picture[];
}

/** On whose account a question goes. What is left out counts for the day only. */
export interface AskScope {
  readonly jobId?: string;
  readonly portalId?: string;
  readonly recordId?: string;
}

export interface AskRequest<T> {
  /** What the answer is for, in kebab-case: it names the schema and stands in the ledger. */
  readonly purpose: string;
  readonly question: ModelQuestion;
  readonly schema: z.ZodType<T>;
  readonly scope?: AskScope;
  readonly signal?: AbortSignal;
  /** False asks anew although the answer is known. Default true. */
  readonly useCache?: boolean;
}

/** The schema as providers take it. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const json = z.record(z.string(), z.json()).parse(z.toJSONSchema(schema, { target: "draft-7" }));
  delete json["$schema"];
  return json;
}

/** One name for identical questions about identical pages: of words, schema and pictures, not of the fence around them. */
export function questionHash({ instructions, task, page, pictures = [] }: ModelQuestion, schema: JsonObject): string {
  const seen = pictures.map(({ bytes, mediaType }) => [mediaType, sha256Hex(bytes)]);
  return sha256Hex(JSON.stringify({ instructions, task, page: page ?? null, pictures: seen, schema }));
}
