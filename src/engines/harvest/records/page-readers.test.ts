import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { learnPage, parsePage } from "#engines/extraction";
import { PageReaders } from "./page-readers.ts";
import { ReadingThreads } from "./reading-threads.ts";
import { unpackRecords } from "./stored-records.ts";

const ROWS = 60;

/** A long list; `loose` markup has to be parsed anew on each page. */
function pageOf(page: number, { loose }: { loose: boolean }) {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const number = page * ROWS + at;
    const cells = [`<a href="/t/${number}">T-${number}</a>`, `Works in lot ${number}`, `2026-0${(number % 9) + 1}-12`];
    return `<tr>${cells.map((cell) => `<td>${cell}${loose ? "" : "</td>"}`).join("")}</tr>`;
  });
  const html = `<title>Works</title><table id="works"><tr><th>Case</th><th>Subject</th><th>Closing</th></tr>${rows.join("\n")}</table>`;
  const url = `https://portal.example/works?page=${page}`;
  return { bytes: new TextEncoder().encode(html), url, mediaType: "text/html" };
}

async function readPages(count: number, { loose, expected = count }: { loose: boolean; expected?: number }) {
  const [first] = [pageOf(1, { loose })];
  const { recipe } = learnPage(parsePage(first));
  if (!recipe) throw new Error("Nothing was learnt.");
  const threads = new ReadingThreads().take(expected);
  const readers = new PageReaders({ recipe, embedded: true }, threads);
  onTestFinished(() => readers.close());
  const pages = Array.from({ length: count }, (_, at) => pageOf(at + 1, { loose }));
  const read = await Promise.all(pages.map((page) => readers.read({ source: page, pagination: false })));
  const cases = read.flatMap((one) =>
    one.ok ? unpackRecords(one.digest.packed).map(({ text }) => text.split(" ")[0]) : [],
  );
  return { threads: threads.length, cases };
}

const casesOf = (pages: number): string[] => Array.from({ length: pages * ROWS }, (_, at) => `T-${at + ROWS}`);

test.each([
  [
    "a thread beside reads along where pages are many, and gives the same",
    { expected: 450 },
    Math.min(availableParallelism() - 1, 2),
  ],
  ["no thread is started for few pages", {}, 0],
])("%s", async (_, many, threads) => {
  for (const loose of [false, true])
    expect(await readPages(40, { loose, ...many })).toEqual({ threads, cases: casesOf(40) });
});

test("a program waits for a page that a thread reads, and not for a thread that has nothing to do", () => {
  const { recipe } = learnPage(parsePage(pageOf(1, { loose: false })));
  const program = `
    const { PageReaders } = await import(${JSON.stringify(import.meta.resolve("./page-readers.ts"))});
    const { ReadingThreads } = await import(${JSON.stringify(import.meta.resolve("./reading-threads.ts"))});
    const readers = new PageReaders({ recipe: ${JSON.stringify(recipe)}, embedded: true }, new ReadingThreads().take(450));
    const bytes = new TextEncoder().encode("<p>No works.</p>");
    const page = { bytes, url: "https://portal.example/works", mediaType: "text/html" };
    const { ok } = await readers.read({ source: page, pagination: false });
    console.log(ok);
  `;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect([status, stdout]).toEqual([0, "true\n"]);
});
