import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { extractBatch, type BatchResult } from "./batch-extraction.ts";

const folder = mkdtempSync(join(tmpdir(), "gleaner-batch-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = (names: string[]) => `<!doctype html><title>Tenders</title><main><table>
<tr><th>Title</th><th>Closing date</th></tr>
${names.map((name, at) => `<tr><td><a href="/t/${name}">Tender ${name}</a></td><td>${at + 1} May 2026</td></tr>`).join("\n")}
</table><p><a rel="next" href="?page=2">Next</a></p></main>`;

function store(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function extract(lines: unknown[], options = {}): Promise<BatchResult[]> {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const results: BatchResult[] = [];
  for await (const line of extractBatch(store("batch.jsonl", text), options)) results.push(line);
  return results;
}

const url = "https://tenders.example/list?page=1";

test("a page gives its records with links and columns, and the way on", async () => {
  const [result] = await extract([{ id: "a", path: store("a.html", page(["x", "y", "z"])), url }]);

  expect(result).toMatchObject({
    id: "a",
    kind: "list",
    records: [{ links: ["https://tenders.example/t/x"] }, {}, {}],
    next: { href: "https://tenders.example/list?page=2" },
  });
  expect(Object.values((result as { records: { fields: object }[] }).records[0]?.fields ?? {})).toContain("2026-05-01");
});

test("a packed page is read as its original", async () => {
  const plain = await extract([{ id: "a", path: store("a.html", page(["x", "y", "z"])), url }]);
  const packed = await extract([{ id: "a", path: store("a.html.gz", gzipSync(page(["x", "y", "z"]))), url }]);

  expect({ ...packed[0], ms: 0 }).toEqual({ ...plain[0], ms: 0 });
});

test("what one page taught is applied to another, wherever its line stands", async () => {
  const results = await extract([
    { id: "later", path: store("b.html", page(["p", "q"])), url, learnFrom: "first" },
    { id: "first", path: store("a.html", page(["x", "y", "z"])), url },
  ]);

  expect(results.map((result) => ("records" in result ? result.records.length : null))).toEqual([2, 3]);
});

test("a line that fails is reported and the rest goes on", async () => {
  const results = await extract([
    { id: "gone", path: join(folder, "gone.html") },
    "not json",
    { id: "no path" },
    { id: "broken", path: store("broken.html.gz", "no gzip") },
    { id: "pupil", path: store("b.html", page(["p"])), learnFrom: "nobody" },
    { id: "fine", path: store("a.html", page(["x", "y", "z"])), url },
  ]);

  expect(
    results.map((result) => ("error" in result ? [result.id, result.line, result.error.code] : result.id)),
  ).toEqual([
    ["gone", 1, "page_missing"],
    [null, 2, "bad_batch_line"],
    ["no path", 3, "bad_batch_line"],
    ["broken", 4, "page_unreadable"],
    ["pupil", 5, "page_missing"],
    "fine",
  ]);
});

test("a batch file that is not there is refused", async () => {
  await expect(extractBatch(join(folder, "none.jsonl")).next()).rejects.toMatchObject({ code: "batch_unreadable" });
});
