import { isAscii, isUtf8 } from "node:buffer";
import sniffEncoding from "html-encoding-sniffer";

/** What a page claims about its encoding, as labels of any spelling. */
export interface EncodingClaims {
  /** Known from elsewhere: believed, unless a byte order mark says otherwise. */
  readonly known: string | null;
  /** From the `Content-Type` header. */
  readonly header: string | null;
}

/** Share of well-formed characters from which text with broken bytes still counts as UTF-8. */
const MOSTLY_UTF8 = 0.9;
/** Pages often put scripts before their declaration; the standard's 1,024 bytes would miss it. */
const PRESCAN = { defaultEncoding: "", maxPrescanBytes: 4096 };
const NO_BYTES = new Uint8Array();

/** What browsers assume of pages without a declaration, by language. Source: the WHATWG HTML standard's locale table. */
const LEGACY_BY_LANGUAGE: Readonly<Record<string, string>> = {
  ...languages("windows-1250", "cs hr hu pl ro sk sl"),
  ...languages("windows-1251", "be bg mk ru sr uk"),
  ...languages("windows-1253", "el"),
  ...languages("windows-1254", "tr az ku"),
  ...languages("windows-1255", "he iw"),
  ...languages("windows-1256", "ar fa ur"),
  ...languages("windows-1257", "et lt lv"),
  ...languages("windows-1258", "vi"),
  ...languages("windows-874", "th"),
  ...languages("Shift_JIS", "ja"),
  ...languages("EUC-KR", "ko"),
  ...languages("GBK", "zh"),
};

/**
 * Chooses the encoding of a page: byte order mark, then what is known, then the header, then `<meta>`, then the bytes.
 * A claim that the bytes contradict loses: text that is well-formed UTF-8 is UTF-8 whatever a server's default
 * header says, and text that is not, is not, if anything else is claimed.
 */
export function chooseEncoding(bytes: Uint8Array, claims: EncodingClaims): string {
  const known = claims.known === null ? null : encodingName(claims.known);
  const mark = markedEncoding(bytes);
  if (mark ?? known) return mark ?? known ?? "";
  const wide = unmarkedUtf16(bytes);
  if (wide) return wide;
  const header = claims.header === null ? null : encodingName(claims.header);
  // What most servers say, and what most bytes are: no declaration would change it.
  if (header === "UTF-8" && isUtf8(withoutCutTail(bytes))) return "UTF-8";
  const claimed = [header, declaredEncoding(bytes)].filter((name) => name !== null && !name.startsWith("UTF-16"));
  const claim = claimed[0] ?? null;
  if (isAscii(bytes)) return claim ?? "UTF-8";
  if (isUtf8(withoutCutTail(bytes))) return "UTF-8";
  const other = claimed.find((name) => name !== "UTF-8") ?? null;
  const mayBeUtf8 = claimed.includes("UTF-8") || claim === null;
  if (mayBeUtf8 && (shareOfUtf8(bytes) >= MOSTLY_UTF8 || (claim !== null && other === null && !looksLegacy(bytes))))
    return "UTF-8";
  return other ?? LEGACY_BY_LANGUAGE[languageOf(bytes)] ?? "windows-1252";
}

/** The WHATWG name of a label; null for labels that no browser knows. */
function encodingName(label: string): string | null {
  // As nearly all write it.
  if (label === "utf-8" || label === "UTF-8") return "UTF-8";
  return sniffEncoding(NO_BYTES, { transportLayerEncodingLabel: label, defaultEncoding: "" }) || null;
}

function declaredEncoding(bytes: Uint8Array): string | null {
  return sniffEncoding(bytes, PRESCAN) || null;
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "UTF-8";
  if (first === 0xff && second === 0xfe) return "UTF-16LE";
  return first === 0xfe && second === 0xff ? "UTF-16BE" : null;
}

/** Markup is mostly ASCII: in UTF-16 every other byte of its beginning is zero. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 256);
  if (head.length < 8 || !head.includes(0)) return null;
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = head.length * 0.35;
  if (odd > many && even < many / 8) return "UTF-16LE";
  return even > many && odd < many / 8 ? "UTF-16BE" : null;
}

/** Without a last character that was cut off, so that truncated pages still count as well-formed. */
function withoutCutTail(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

function shareOfUtf8(bytes: Uint8Array): number {
  const text = new TextDecoder("utf-8").decode(bytes);
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const foreign = text.match(/[^\0-\x7F\uFFFD]/g)?.length ?? 0;
  return foreign / (foreign + broken || 1);
}

/** No well-formed character at all besides ASCII: an old encoding whatever the page says. */
function looksLegacy(bytes: Uint8Array): boolean {
  return shareOfUtf8(bytes) < 0.5;
}

function languageOf(bytes: Uint8Array): string {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 2048));
  return (/<html\b[^>]{0,500}\blang\s*=\s*["']?([a-z]{2})/i.exec(head)?.[1] ?? "").toLowerCase();
}

function languages(encoding: string, list: string): Record<string, string> {
  return Object.fromEntries(list.split(" ").map((language) => [language, encoding]));
}
