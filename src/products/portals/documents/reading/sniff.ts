/** What the first bytes say. A zip is looked into before it is something more. */
export type Signature = "pdf" | "zip" | "old-office" | "encrypted-office" | "html" | "text" | "unknown" | "empty";

const PDF_WITHIN = 1_024;
const LOOKED_AT = 4_096;
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Names in the directory of an old Office file are UTF-16; an encrypted new one is wrapped in an old one. */
const ENCRYPTED_PACKAGE = Buffer.from("EncryptedPackage", "utf16le");

/** Tells by the bytes what they are. Neither the name nor the media type that they came with is believed. */
export function signatureOf(bytes: Uint8Array): Signature {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT));
  if (head.length === 0) return "empty";
  if (OLE.every((byte, at) => head[at] === byte)) return oldOffice(bytes);
  if (head.subarray(0, PDF_WITHIN).includes("%PDF-")) return "pdf";
  if (head.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"))) return "zip";
  if (isWideText(head)) return markupOr(head.toString("utf16le"));
  if (isBinary(head)) return "unknown";
  return markupOr(head.toString("latin1"));
}

function oldOffice(bytes: Uint8Array): Signature {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return all.includes(ENCRYPTED_PACKAGE) ? "encrypted-office" : "old-office";
}

function markupOr(text: string): Signature {
  const start = text.replace(/^(\ufeff|\u00ef\u00bb\u00bf)/, "").trimStart();
  if (start.startsWith("{\\rtf")) return "unknown";
  const isMarkup = /^<(!doctype html|html|head|body|title|meta|script|div|table|p|h1|!--)\b/i.test(start);
  return isMarkup || /^<\?xml[^>]*\?>\s*(<!doctype html|<html)/i.test(start) ? "html" : "text";
}

function isWideText(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** Text has no control characters but for tabs, line ends, form feeds and escapes. */
function isBinary(head: Buffer): boolean {
  return head.some((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte));
}
