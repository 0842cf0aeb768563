import sniffEncoding from "html-encoding-sniffer";
import type { PageSource } from "./page.ts";

/** Bytes to text. Byte order mark, then a known encoding, then the header, then `<meta>`, then windows-1252. */
export function decodePage({ bytes, contentType, encoding }: PageSource): { text: string; charset: string } {
  const known = encoding ?? /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? "")?.[1];
  const label = sniffEncoding(bytes, known ? { transportLayerEncodingLabel: known } : {});
  return { text: new TextDecoder(label).decode(bytes), charset: label.toLowerCase() };
}
