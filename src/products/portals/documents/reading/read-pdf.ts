import { getDocumentProxy } from "unpdf";
import type { PageOutput } from "./page-output.ts";
import { ReadingStopped } from "./reading.ts";

/** Nothing of a PDF is run, drawn or fetched: only its text is read. */
const TEXT_ONLY = {
  isEvalSupported: false,
  disableFontFace: true,
  useSystemFonts: false,
  enableXfa: false,
  isOffscreenCanvasSupported: false,
  maxImageSize: 1,
  stopAtErrors: false,
  verbosity: 0,
} as const;

/**
 * Writes the text of a PDF under the numbers of its pages. Returns how many pages it has.
 * @throws ReadingStopped
 */
export async function readPdf(bytes: Uint8Array, output: PageOutput): Promise<number> {
  const pdf = await getDocumentProxy(bytes, TEXT_ONLY).catch((error: unknown) => {
    throw new ReadingStopped(isPasswordDemand(error) ? "encrypted" : "broken");
  });
  for (let number = 1; number <= pdf.numPages; number += 1) {
    if (output.isFull) {
      output.cut();
      break;
    }
    output.addNumbered(number, await pageText(pdf, number));
  }
  return pdf.numPages;
}

/** A page that cannot be read is an empty one; its neighbours may be whole. */
async function pageText(pdf: Awaited<ReturnType<typeof getDocumentProxy>>, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
  } catch {
    return "";
  }
}

function isPasswordDemand(error: unknown): boolean {
  return error instanceof Error && error.name === "PasswordException";
}
