import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";
import { READING_LIMITS, type ReadingLimits } from "./reading.ts";
import { docxOf, encryptedOffice, noise, odtOf, pdfBomb, pdfOf, xlsxOf, zipBomb } from "./sample-files.ts";

const ENOUGH = 120_000;

function within(limits: Partial<ReadingLimits>) {
  return { limits: { ...READING_LIMITS, ...limits } };
}

test("the text of a PDF is read under the numbers of its pages", { timeout: ENOUGH }, async () => {
  const reading = await readDocument(pdfOf([["Tender notice", "Bridge over the Elm"], [], ["Price schedule"]]));

  expect(reading).toMatchObject({ kind: "pdf", failure: null, pageCount: 3, isCut: false });
  expect(reading.pages).toEqual([
    { page: 1, text: "Tender notice\nBridge over the Elm" },
    { page: 2, text: "" },
    { page: 3, text: "Price schedule" },
  ]);
});

test("a Word document is read in the pages that Word drew, a workbook by its sheets", { timeout: ENOUGH }, async () => {
  const word = await readDocument(docxOf(["First &amp; last", "Terms\fDelivery within 30 days"]));
  const sheet = await readDocument(
    xlsxOf([
      ["Lot", "Value"],
      ["Road salt", 12500],
    ]),
  );
  const open = await readDocument(odtOf(["Erste Seite", "Zweite Seite"]));

  expect(word).toMatchObject({ kind: "docx", failure: null, hasMacros: false });
  expect(word.pages).toEqual([
    { page: 1, text: "First & last\nTerms" },
    { page: 2, text: "Delivery within 30 days" },
  ]);
  expect(sheet).toMatchObject({ kind: "xlsx", pages: [{ page: 1, text: "Lot Value\nRoad salt 12500" }] });
  expect(open).toMatchObject({ kind: "odt" });
  expect(open.pages.map(({ text }) => text)).toEqual(["Erste Seite", "Zweite Seite"]);
});

test("a web page and a text are read for what they are", { timeout: ENOUGH }, async () => {
  const html = "<!doctype html><title>Notice</title><script>steal()</script><p>Bids are due&nbsp;<b>today</b></p>";
  const web = await readDocument(Buffer.from(html));
  const latin = await readDocument(Buffer.from("Größe: 5 m", "latin1"));

  expect(web).toMatchObject({ kind: "html", pages: [{ page: 1, text: "Notice\nBids are due today" }] });
  expect(latin).toMatchObject({ kind: "text", pages: [{ page: 1, text: "Größe: 5 m" }] });
});

test("a document with macros is read, and said to have them", { timeout: ENOUGH }, async () => {
  const reading = await readDocument(docxOf(["Harmless"], { "word/vbaProject.bin": noise(100) }));

  expect(reading).toMatchObject({ kind: "docx", hasMacros: true, pages: [{ text: "Harmless" }] });
});

test("entities that a document declares itself are not expanded", { timeout: ENOUGH }, async () => {
  const laughs = docxOf([], {
    "word/footnotes.xml": Buffer.from(
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><w:p><w:t>&b;&f;</w:t></w:p>',
    ),
  });
  const { pages } = await readDocument(laughs);

  expect(pages.map(({ text }) => text).join("")).not.toMatch(/haha|root:/);
});

test.each([
  ["bytes of no kind", noise(2_000), "unsupported_type"],
  ["a file of an old Office", Buffer.from("d0cf11e0a1b11ae100000000", "hex"), "unsupported_type"],
  ["an Office document with a password", encryptedOffice(), "encrypted"],
  ["a PDF that only says so", Buffer.from("%PDF-1.7\nnothing"), "broken"],
  ["a zip that was cut off", docxOf(["text"]).slice(0, 80), "broken"],
  ["nothing at all", new Uint8Array(), "empty"],
] as const)("%s is said to be that", { timeout: ENOUGH }, async (_what, bytes, failure) => {
  expect(await readDocument(bytes)).toMatchObject({ failure, pages: [] });
});

test(
  "a zip that grows beyond its limit is not unpacked, whatever its directory says",
  { timeout: ENOUGH },
  async () => {
    const honest = await readDocument(zipBomb(24), within({ unpackedBytes: 8 * 1024 * 1024 }));
    const lying = await readDocument(zipBomb(24, { lie: true }), within({ unpackedBytes: 8 * 1024 * 1024 }));

    expect(honest.failure).toBe("expands_too_far");
    expect(lying.pages.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(10_000);
  },
);

test("a PDF that grows in memory is ended, and this process lives on", { timeout: ENOUGH }, async () => {
  const reading = await readDocument(pdfBomb(160), within({ memoryMb: 80 }));

  expect(reading.failure).toBe("took_too_much_memory");
});

test("ten thousand pages are read as far as the limit goes", { timeout: ENOUGH }, async () => {
  const many = pdfOf(Array.from({ length: 10_000 }, (_, at) => [`Page ${at + 1}`]));
  const reading = await readDocument(many, within({ pages: 50 }));

  expect(reading).toMatchObject({ failure: null, pageCount: 10_000, isCut: true });
  expect(reading.pages).toHaveLength(50);
});

test("a reading that takes too long is ended and keeps what it had", { timeout: ENOUGH }, async () => {
  const many = pdfOf(Array.from({ length: 20_000 }, (_, at) => [`Page ${at + 1}`]));
  const reading = await readDocument(many, within({ timeMs: 1_500, pages: 20_000 }));

  expect(reading.failure).toBe("took_too_long");
  expect(reading.pages.length).toBeLessThan(20_000);
});

test("a reading that nobody wants any more is ended", { timeout: ENOUGH }, async () => {
  const many = pdfOf(Array.from({ length: 5_000 }, () => ["again"]));

  await expect(readDocument(many, { signal: AbortSignal.timeout(50) })).rejects.toThrow("timeout");
});
