import sniffEncoding from "html-encoding-sniffer";
import { readMarkup, WEB_PAGE } from "./markup-text.ts";
import type { PageOutput } from "./page-output.ts";

/** Writes the text of a web page that lies among the documents. */
export function readWebPage(bytes: Uint8Array, output: PageOutput): void {
  readMarkup(decode(bytes), WEB_PAGE, {
    isXml: false,
    onPage: (text) => {
      output.add(text);
      return !output.isFull;
    },
  });
}

/** Writes plain text; a form feed ends a page. */
export function readText(bytes: Uint8Array, output: PageOutput): void {
  for (const page of decode(bytes).split("\f")) output.add(page);
}

function decode(bytes: Uint8Array): string {
  const fallback = isUtf8(bytes) ? "UTF-8" : "windows-1252";
  return new TextDecoder(sniffEncoding(bytes, { defaultEncoding: fallback })).decode(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
