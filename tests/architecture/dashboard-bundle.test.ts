import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const MAX_BYTES = 300_000;
const Chunk = z.object({ file: z.string(), imports: z.array(z.string()).optional() });
/** `npm test` builds it first. */
const manifest = z.record(z.string(), Chunk).parse(JSON.parse(readFileSync("dist/web/manifest.json", "utf8")));

test("the first screen needs at most 300 kB of compressed script", () => {
  const files = new Set<string>();
  const follow = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  follow("index.html");
  follow("src/opportunities/opportunity-screen.tsx");

  const bytes = [...files].reduce((sum, file) => sum + statSync(`dist/web/${file}.gz`).size, 0);
  expect(files.size).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(MAX_BYTES);
});
