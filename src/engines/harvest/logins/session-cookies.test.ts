import { expect, test } from "vitest";
import { cookieHeader } from "./session-cookies.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const cookie = {
  name: "sid",
  value: "1",
  domain: "town.example",
  path: "/",
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: "Lax" as const,
};
const sentTo = (url: string, ...cookies: Partial<typeof cookie>[]): string | null =>
  cookieHeader({ cookies: cookies.map((each) => ({ ...cookie, ...each })), origins: [] }, url, NOW);

test.each([
  ["its own host", "https://town.example/a.pdf", {}, "sid=1"],
  ["another host", "https://files.town.example/a.pdf", {}, null],
  ["a host below its domain", "https://files.town.example/a.pdf", { domain: ".town.example" }, "sid=1"],
  ["a host that only ends alike", "https://eviltown.example/a.pdf", { domain: ".town.example" }, null],
  ["a path below its own", "https://town.example/files/a.pdf", { path: "/files" }, "sid=1"],
  ["a path that only begins alike", "https://town.example/filesystem", { path: "/files" }, null],
  ["an open line, though it is for encrypted ones", "http://town.example/", { secure: true }, null],
  ["a time when it has run out", "https://town.example/", { expires: NOW.getTime() / 1_000 }, null],
  ["a time before it runs out", "https://town.example/", { expires: NOW.getTime() / 1_000 + 1 }, "sid=1"],
  ["no address", "town", {}, null],
])("a cookie and %s", (_where, url, given, header) => {
  expect(sentTo(url, given)).toBe(header);
});

test("several cookies go with the longest path first", () => {
  expect(sentTo("https://town.example/files/a.pdf", {}, { name: "in", path: "/files" })).toBe("in=1; sid=1");
});
