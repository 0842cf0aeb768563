import type { DataRequest } from "./data-request.ts";

/** Where a value of a request stands: in its address, or in what is posted. */
export type ValuePlace = "address" | "body";

/** One value that a request is made with. In JSON, dots lead into nested objects: `variables.after`. */
export interface RequestValue {
  readonly in: ValuePlace;
  readonly name: string;
  /** Null where JSON says so: the place of a cursor before the first part. */
  readonly value: string | null;
}

const MOST_DEPTH = 6;
const MOST_VALUES = 400;

/** What a request says, value by value. */
export function requestValues({ url, body }: DataRequest): RequestValue[] {
  const address = [...(URL.parse(url)?.searchParams ?? [])].map(at("address"));
  if (!body) return address;
  if (body.as === "form") return [...address, ...[...new URLSearchParams(body.text)].map(at("body"))];
  const parsed: unknown = JSON.parse(body.text);
  return [...address, ...jsonValues(parsed, [])].slice(0, MOST_VALUES);
}

/** The value of one parameter; undefined where the request has none. */
export function requestValue(request: DataRequest, place: ValuePlace, name: string): string | null | undefined {
  return requestValues(request).find((one) => one.in === place && one.name === name)?.value;
}

/** The same request with another value; null where it has no place for it. A null value takes the parameter out. */
export function withValue(
  request: DataRequest,
  place: ValuePlace,
  name: string,
  value: string | null,
): DataRequest | null {
  if (place === "address") {
    const url = URL.parse(request.url);
    if (!url) return null;
    // Setting a value writes the whole query anew, as a server may not expect it.
    if (url.searchParams.get(name) === value) return request;
    setIn(url.searchParams, name, value);
    return { ...request, url: url.href };
  }
  const { body } = request;
  if (!body) return null;
  const text = body.as === "form" ? formWith(body.text, name, value) : jsonWith(body.text, name.split("."), value);
  return text === null ? null : { ...request, body: { as: body.as, text } };
}

const at =
  (place: ValuePlace) =>
  ([name, value]: [string, string]): RequestValue => ({ in: place, name, value });

function jsonValues(value: unknown, keys: readonly string[]): RequestValue[] {
  if (isObject(value)) {
    if (keys.length > MOST_DEPTH) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      key.includes(".") ? [] : jsonValues(inner, [...keys, key]),
    );
  }
  if (typeof value === "boolean" || Array.isArray(value) || keys.length === 0) return [];
  const told = typeof value === "string" || typeof value === "number" ? String(value) : null;
  return [{ in: "body", name: keys.join("."), value: told }];
}

function setIn(values: URLSearchParams, name: string, value: string | null): void {
  if (value === null) values.delete(name);
  else values.set(name, value);
}

function formWith(text: string, name: string, value: string | null): string {
  const values = new URLSearchParams(text);
  setIn(values, name, value);
  return values.toString();
}

/** A number stays a number. Only what the body itself has is entered: no key leads to anything that it inherits. */
function jsonWith(text: string, keys: readonly string[], value: string | null): string | null {
  const body: unknown = JSON.parse(text);
  let holder: unknown = body;
  for (const key of keys.slice(0, -1)) holder = isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : null;
  const last = keys.at(-1);
  if (!isObject(holder) || last === undefined || last === "__proto__") return null;
  const before = Object.hasOwn(holder, last) ? holder[last] : undefined;
  if (value === null) holder[last] = null;
  else holder[last] = typeof before === "number" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return JSON.stringify(body);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
