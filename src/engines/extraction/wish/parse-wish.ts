import type { JsonObject, JsonValue } from "#kernel";
import type { FieldType } from "../values/field-type.ts";
import { conceptsOf } from "./concept-of.ts";
import type { Wish, WishedField } from "./wish.ts";

const MAX_FIELDS = 100;
const MAX_TEXT = 4_000;
/** Words of a request that name no field. */
const CHATTER =
  /(?<![\p{L}\p{N}])(?:please|i|we|me|us|want|need|would like|like|get|give|show|find|list|collect|extract|scrape|fetch|return|the|a|an|all|each|every|any|of|for|from|with|its|their|his|her|and their|including|include|plus|also|fields?|columns?|values?(?= of)|records?|items?|bitte|ich|wir|möchte|brauche|der|die|das|den|dem|alle|jede[rsn]?|und deren|je|veuillez|je veux|le|la|les|l|des|du|de la|tous|toutes|chaque|quiero|el|los|las|todos|todas|cada|por favor|vorrei|il|lo|gli|ogni|tutti|tutte|graag|ik wil|het|een|elke|alle|quero|os|as)(?![\p{L}\p{N}])/giu;
const SEPARATOR = /\s*[,;\n•]\s*|\s+(?:and|und|et|y|e|en|och|og|sowie|as well as|plus|&)\s+/giu;

/** Reads a wish: "title,closing_date", a JSON Schema (text or object), a list of names, or plain words. Never throws. */
export function parseWish(wish: string | JsonObject | readonly string[]): Wish {
  if (isList(wish)) return { fields: unique(wish.map((name) => ({ name: name.trim() }))) };
  if (typeof wish !== "string") return { fields: schemaFields(wish) };
  const text = wish.trim().slice(0, MAX_TEXT);
  if (text === "") return { fields: [] };
  const schema = text.startsWith("{") ? parsed(text) : null;
  if (schema) return { fields: schemaFields(schema), text };
  if (/^[\p{L}\p{N}_.-]+(?:\s*,\s*[\p{L}\p{N}_. -]+)*$/u.test(text) && !isSentence(text)) {
    return { fields: unique(text.split(",").map((name) => ({ name: name.trim() }))) };
  }
  return { fields: wordedFields(text), text };
}

function isList(wish: string | JsonObject | readonly string[]): wish is readonly string[] {
  return Array.isArray(wish);
}

function isSentence(text: string): boolean {
  return text.split(",").some((part) => part.trim().split(/\s+/).length > 3 || part.trim().split(SEPARATOR).length > 1);
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Properties of a JSON Schema; of its items where it describes a list; through one wrapping property. */
function schemaFields(schema: JsonObject, depth = 0): WishedField[] {
  if (depth > 4) return [];
  const items = schema["items"];
  if (isObject(items)) return schemaFields(items, depth + 1);
  const properties = schema["properties"];
  if (!isObject(properties)) return [];
  const entries = Object.entries(properties);
  const only = entries.length === 1 ? entries[0]?.[1] : undefined;
  if (isObject(only) && (isObject(only["items"]) || isObject(only["properties"]))) {
    const inner = schemaFields(only, depth + 1);
    if (inner.length > 0) return inner;
  }
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return unique(
    entries.map(([name, property]) => ({
      ...propertyField(name, property),
      ...(required.includes(name) ? { required: true } : {}),
    })),
  );
}

function propertyField(name: string, property: JsonValue): WishedField {
  if (!isObject(property)) return { name };
  const type = propertyType(property);
  const description = property["description"] ?? property["title"];
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(typeof description === "string" ? { description } : {}),
  };
}

const FORMATS: Readonly<Record<string, FieldType>> = {
  date: "date",
  "date-time": "datetime",
  email: "email",
  uri: "url",
  url: "url",
  "uri-reference": "url",
};

function propertyType(property: JsonObject): FieldType | undefined {
  const format = property["format"];
  if (typeof format === "string" && Object.hasOwn(FORMATS, format)) return FORMATS[format];
  const type = Array.isArray(property["type"]) ? property["type"].find((one) => one !== "null") : property["type"];
  return type === "number" || type === "integer" ? "number" : undefined;
}

/** "the title, closing date and documents of all open tenders": the parts that name something. */
function wordedFields(text: string): WishedField[] {
  const parts = text
    .split(/[.!?:](?:\s|$)/)
    .flatMap((sentence) => sentence.split(SEPARATOR))
    .map((part) => fieldIn(part))
    .filter((name) => name !== "");
  const known = parts.filter((name) => conceptsOf(name).length > 0);
  const kept =
    known.length > 0 ? parts.filter((name) => conceptsOf(name).length > 0 || name.split(" ").length <= 2) : parts;
  return unique(kept.map((name) => ({ name })));
}

/** The name in a part of a sentence: what is left of "of all open tenders" is no field, so the part ends before "of". */
function fieldIn(part: string): string {
  const head = part.split(
    /\s+(?:of|for|from|in|on|that|which|where|von|für|aus|der|de|des|pour|para|del|della|per|van|voor|do|da|från|för)\s+/iu,
  );
  const first = (head[0] ?? "").replace(CHATTER, " ").replace(/\s+/g, " ").trim();
  const whole = part.replace(CHATTER, " ").replace(/\s+/g, " ").trim();
  const isKnownWhole = whole.split(" ").length <= 4 && conceptsOf(whole)[0]?.fit === 1;
  const name = isKnownWhole ? whole : first;
  return name.split(" ").length <= 5 ? name.replace(/^[^\p{L}]+|[^\p{L}\p{N}]+$/gu, "") : "";
}

function unique(fields: readonly WishedField[]): WishedField[] {
  const seen = new Map<string, WishedField>();
  for (const field of fields) {
    const key = field.name.toLowerCase();
    if (field.name !== "" && field.name.length <= 200 && !seen.has(key)) seen.set(key, field);
  }
  return [...seen.values()].slice(0, MAX_FIELDS);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
