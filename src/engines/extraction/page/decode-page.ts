import { TextDecoder } from "node:util";
import { chooseEncoding } from "./choose-encoding.ts";
import type { PageSource } from "./page.ts";
import { settleConflicts } from "./settle-conflicts.ts";

/** A page as text. */
export interface DecodedPage {
  readonly text: string;
  /** The encoding that was used, as a WHATWG label. */
  readonly charset: string;
  /** Unresolved conflicts of a version control system, each read as its lower side. */
  readonly conflicts: number;
}

/** Bytes to text, with the encoding that was used. Bytes that it cannot read become U+FFFD; nothing throws. */
export function decodePage({ bytes: stored, contentType, encoding }: PageSource): DecodedPage {
  const { bytes, conflicts } = settleConflicts(stored);
  const header = /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? "")?.[1] ?? null;
  const charset = chooseEncoding(bytes, { known: encoding ?? null, header });
  const decoder = decoderOf(charset) ?? new TextDecoder("windows-1252");
  return { text: decoder.decode(bytes), charset: charset.toLowerCase(), conflicts };
}

/** The runtime lacks the two encodings of the standard that are not meant for text. */
function decoderOf(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}
