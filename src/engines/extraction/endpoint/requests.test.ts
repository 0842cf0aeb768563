import { expect, test } from "vitest";
import fc from "fast-check";
import { isOfSite } from "./is-of-site.ts";
import { requestValue, requestValues, withValue } from "./request-values.ts";
import { secretsIn } from "./secrets-in.ts";

const get = (query: string) => ({ url: `https://a.example/api${query}` });
const json = (value: unknown) => ({
  url: "https://a.example/api",
  method: "POST" as const,
  body: { as: "json" as const, text: JSON.stringify(value) },
});
const form = (text: string) => ({ ...json(null), body: { as: "form" as const, text } });

test.each([
  ["a token", get("?access_token=a")],
  ["a key", get("?apiKey=a")],
  ["a key in words", get("?api_key=a")],
  ["a signature", get("?X-Amz-Signature=a")],
  ["a session", get("?sid=a")],
  ["a password in the address", { url: "https://me:pass@a.example/api" }],
  ["a token against forged requests, in a form", form("__RequestVerificationToken=a&start=0")],
  ["a token in posted JSON", json({ filter: { csrfToken: "a" } })],
  ["something signed under a plain name", get("?q=eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeKKF2Q")],
])("%s is a secret", (_, request) => {
  expect(secretsIn(request)).not.toEqual([]);
});

test.each([
  ["a place in the list", get("?pageToken=abc&nextCursor=b")],
  ["an author, an authority, a keyword", get("?author=a&authority=b&keyword=c")],
  ["an empty token", json({ token: "" })],
  ["a search", json({ text: "roads", page: { number: 1 } })],
  ["a version", get("?v=1.2.3")],
])("%s is no secret", (_, request) => {
  expect(secretsIn(request)).toEqual([]);
});

test("a value of posted JSON is replaced where it stands, and stays a number", () => {
  const request = json({ query: "q", variables: { first: 8, after: null, page: 1 } });

  expect(withValue(request, "body", "variables.after", "c2")?.body?.text).toContain('"after":"c2"');
  expect(withValue(request, "body", "variables.page", "2")?.body?.text).toContain('"page":2');
  expect(withValue(request, "body", "nowhere.page", "2")).toBeNull();
});

test("a value that an address has already leaves it as it was written", () => {
  const request = get("?q=a%20b&page=1");

  expect(withValue(request, "address", "page", "1")).toBe(request);
});

test.each(["__proto__.polluted", "constructor.prototype.polluted", "a.__proto__.polluted", "__proto__"])(
  "no parameter named %s reaches what a body inherits",
  (name) => {
    withValue(json({ a: {} }), "body", name, "yes");

    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(withValue(json({ a: {} }), "body", name, "yes")).toBeNull();
  },
);

test("what was put into a request stands there", () => {
  const value = fc.string({ minLength: 1, maxLength: 20, unit: "binary" });
  fc.assert(
    fc.property(value, (text) => {
      for (const request of [get("?page=1&q=x"), form("page=1&q=x"), json({ page: "1", q: "x" })]) {
        const place = request.url.includes("?") ? "address" : "body";
        const next = withValue(request, place, "page", text);
        if (!next) throw new Error("There is a place for it.");
        expect(requestValue(next, place, "page")).toBe(new URLSearchParams({ page: text }).get("page"));
        expect(requestValues(next).map(({ name }) => name)).toEqual(["page", "q"]);
      }
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["https://a.example.org/x", "https://a.example.org/y", true],
  ["https://api.example.org/x", "https://www.example.org/y", true],
  ["https://one.github.io/x", "https://two.github.io/y", false],
  ["https://a.example.co.uk/x", "https://b.other.co.uk/y", false],
  ["http://127.0.0.1:1/x", "http://127.0.0.1:2/y", false],
  ["http://10.0.0.1/x", "http://10.0.0.2/y", false],
  ["http://localhost:1/x", "http://localhost:1/y", true],
  ["nonsense", "https://a.example.org/", false],
])("%s and %s are of one site: %s", (one, other, same) => {
  expect(isOfSite(one, other)).toBe(same);
});
