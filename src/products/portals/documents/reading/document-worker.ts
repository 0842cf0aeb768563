// Reads one document in a thread of its own, which ends with it. Started by `readDocument`.
import { parentPort, workerData } from "node:worker_threads";
import { openOffice, readOffice } from "./read-office.ts";
import { PageOutput } from "./page-output.ts";
import { readPdf } from "./read-pdf.ts";
import { readText, readWebPage } from "./read-plain.ts";
import { ReadingStopped, type DocumentKind, type ReadingNews, type ReadingTask } from "./reading.ts";
import { signatureOf } from "./sniff.ts";

const { bytes, limits }: ReadingTask = workerData;
const output = new PageOutput(limits, (page, text) => say({ news: "page", page, text }));

try {
  const pages = await read();
  say({ news: "end", pages, isCut: output.isCut });
} catch (error) {
  // Foreign bytes make readers fail in any way; what they did not foresee is a broken document.
  say({ news: "failed", failure: error instanceof ReadingStopped ? error.failure : "broken" });
}

/** Returns how many pages the document has. */
async function read(): Promise<number> {
  const signature = signatureOf(bytes);
  switch (signature) {
    case "pdf":
      sayKind("pdf");
      return readPdf(bytes, output);
    case "zip": {
      const office = openOffice(bytes, limits.unpackedBytes);
      sayKind(office.kind, office.hasMacros);
      readOffice(office, output);
      return output.pages;
    }
    case "html":
      sayKind("html");
      readWebPage(bytes, output);
      return output.pages;
    case "text":
      sayKind("text");
      readText(bytes, output);
      return output.pages;
    case "empty":
      throw new ReadingStopped("empty");
    case "encrypted-office":
      throw new ReadingStopped("encrypted");
    case "old-office":
    case "unknown":
      throw new ReadingStopped("unsupported_type");
  }
}

function sayKind(kind: DocumentKind, hasMacros = false): void {
  say({ news: "kind", kind, hasMacros });
}

function say(news: ReadingNews): void {
  parentPort?.postMessage(news);
}
