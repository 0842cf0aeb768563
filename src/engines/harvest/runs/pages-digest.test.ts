import { expect, test } from "vitest";
import { PagesDigest, type DigestedPage } from "./pages-digest.ts";

const pageOf = (number: number): DigestedPage => ({
  number,
  url: `https://portal.example/list?page=${number}`,
  step_key: null,
  action: "open",
  label: "",
  duration_ms: 12,
  artifact: "ab".repeat(32),
  media_type: "text/html",
  http_status: 200,
  captured_at: new Date(1_800_000_000_000 + number),
  reused: false,
  record_count: 20,
  duplicate_count: 0,
  unverified_count: 0,
  records: "cd".repeat(32),
});

function digestOf(pages: readonly DigestedPage[]): string {
  const digest = new PagesDigest();
  for (const page of pages) digest.add(page);
  return digest.hex();
}

const pages = Array.from({ length: 200 }, (_, at) => pageOf(at + 1));

test("pages that are written out of their order have the digest of those in order", () => {
  const shuffled = pages.toSorted((a, b) => ((a.number * 73) % 211) - ((b.number * 73) % 211));

  expect(shuffled.map(({ number }) => number)).not.toEqual(pages.map(({ number }) => number));
  expect(digestOf(shuffled)).toBe(digestOf(pages));
});

test("every fact of a page counts, and that it is there", () => {
  const [first] = pages;
  const others = [
    pages.slice(1),
    ...Object.entries({ ...pageOf(7), step_key: "open x", number: 7.5 }).map(([key, value]) => [
      { ...first, [key]: value === first?.[key as keyof DigestedPage] ? "other" : value } as DigestedPage,
      ...pages.slice(1),
    ]),
  ].map(digestOf);

  expect(new Set([digestOf(pages), ...others]).size).toBe(others.length + 1);
});
