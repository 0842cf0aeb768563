import fc from "fast-check";
import { expect, test } from "vitest";
import { keysOf, redactorOf } from "./redactor.ts";

const SECRET = `pass"word<&>'9`;
const redacted = (page: string, secrets: readonly string[] = [SECRET]): string =>
  Buffer.from(redactorOf(secrets)(Buffer.from(page))).toString();

test.each([
  ["as it is", SECRET],
  ["in markup", "pass&quot;word&lt;&amp;&gt;'9"],
  ["in markup, with every quote named", "pass&quot;word&lt;&amp;&gt;&#39;9"],
  ["in markup, with quotes by number", "pass&#34;word&lt;&amp;&gt;&#x27;9"],
  ["in text, where quotes need no name", `pass"word&lt;&amp;&gt;'9`],
  ["in an address", encodeURIComponent(SECRET)],
  ["in a form's address", new URLSearchParams({ p: SECRET }).toString().slice(2)],
  ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
  ["in JSON within a script", JSON.stringify(SECRET).slice(1, -1).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026")],
  ["in Base64", Buffer.from(SECRET).toString("base64")],
])("a password that a page repeats %s is blotted out, byte for byte", (_how, written) => {
  const before = `<p>Your password is ${written}.</p>`;
  const after = redacted(before);

  expect(after).toBe(`<p>Your password is ${"*".repeat(Buffer.byteLength(written))}.</p>`);
}); // prettier-ignore

test("a page without the password stays the very same bytes", () => {
  const page = Buffer.from("<p>Nothing of it.</p>");

  expect(redactorOf([SECRET])(page)).toBe(page);
});

test("the page that came is not written to", () => {
  const page = Buffer.from(`<p>${SECRET}</p>`);
  redactorOf([SECRET])(page);

  expect(page.toString()).toContain(SECRET);
});

test("what is too short to be told from chance is left alone", () => {
  expect(redacted("<p>12345 tenders</p>", ["12345"])).toBe("<p>12345 tenders</p>");
});

test("letters beyond ASCII keep their places", () => {
  const after = redacted("<p>ä größe-ß-1 ö</p>", ["größe-ß-1"]);

  expect(after).toBe(`<p>ä ${"*".repeat(Buffer.byteLength("größe-ß-1"))} ö</p>`);
});

test("no page keeps a password, wherever it stands and how often", () => {
  const text = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(fc.string({ minLength: 6, maxLength: 30 }), fc.array(text, { minLength: 2, maxLength: 6 }), (secret, parts) => {
      const page = parts.join(secret);
      const after = redacted(page, [secret]);

      expect(Buffer.byteLength(after)).toBe(Buffer.byteLength(page));
      expect(/^\*+$/.test(secret) || !after.includes(secret)).toBe(true);
    }),
  );
}); // prettier-ignore

test("a password in Basic credentials, of an unknown name, is blotted out as well", () => {
  const written = ["a", "ab", "abc"].map((name) => Buffer.from(`${name}:${SECRET}`).toString("base64"));

  for (const [at, text] of written.entries())
    expect(Buffer.from(redacted(text).replace(/\*/g, "A"), "base64").toString(), String(at)).not.toContain("word");
});

test("a page in a legacy encoding keeps no password either", () => {
  const page = Buffer.from("<p>größe-ß-1</p>", "latin1");

  expect(Buffer.from(redactorOf(["größe-ß-1"])(page)).toString("latin1")).toBe(`<p>${"*".repeat(9)}</p>`);
});

test("the keys of a session are its cookies for servers, not its settings and not tokens that belong into forms", () => {
  const cookie = { domain: "town.example", path: "/", expires: -1, secure: true, sameSite: "Lax" as const };
  const cookies = [
    { ...cookie, name: "JSESSIONID", value: "0123456789ABCDEF", httpOnly: true },
    { ...cookie, name: "auth_token", value: "eyJhbGciOiJub25l", httpOnly: false },
    { ...cookie, name: "_csrf", value: "fedcba9876543210", httpOnly: true },
    { ...cookie, name: "cookie_choice", value: "necessary-cookies-only", httpOnly: false },
    { ...cookie, name: "sid", value: "short", httpOnly: true },
  ];

  expect(keysOf({ cookies, origins: [] })).toEqual(["0123456789ABCDEF", "eyJhbGciOiJub25l"]);
});
