import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveUrl } from "./resolve-url.ts";

const BASES = [
  "https://town.example/list",
  "https://town.example",
  "http://town.example:8080/a/b/c.aspx?page=2#top",
  "https://user:word@town.example/a/./b/../c/",
  "HTTPS://Town.Example/A/ü/",
  "https://[::1]:99/x",
  "ftp://town.example/a/b",
  "file:///C:/a/b",
  "mailto:x@town.example",
  "no address",
];
const PIECES = ["/", "//", ".", "..", "a", "b.aspx", "?", "&", "=", "1", "%20", "%2e", "#", ":", "http:", "@", "'", "\\", " ", "\t", "ü", "~", "(", ")", ";", "*", "https://town.example", "|", '"']; // prettier-ignore

const parsed = (href: string, base: string | null): string | null =>
  (base === null ? URL.parse(href.trim()) : URL.parse(href.trim(), base))?.href ?? null;

test("an address resolves as the URL parser resolves it", () => {
  const addresses = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(addresses, fc.constantFrom(null, ...BASES), (href, base) => {
      expect(resolveUrl(href, base)).toBe(parsed(href, base));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  "/tenders/TN-2026-000001",
  "case.aspx?id=150&view=a/b",
  "?page=2",
  "https://town.example/d/1",
  "https://town.example.org/d/1",
  "https://town.example@evil.example/",
  "javascript:void(0)",
  "tel:+49-30",
  "//cdn.example/x",
  "a:b",
  "a/b:c",
  "./x",
  "/a/../b",
  "/a/.hidden",
  "",
  "#",
])("%s resolves as the URL parser resolves it", (href) => {
  for (const base of BASES) expect(resolveUrl(href, base)).toBe(parsed(href, base));
});
