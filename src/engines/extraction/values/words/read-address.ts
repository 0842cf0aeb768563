import type { Recognised, ValueSample } from "../recognised.ts";

const DOCUMENT = /\.(?:pdf|docx?|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|csv|zip|7z|rar|dwg|dxf|epub|txt|xml|msg|eml)$/i;
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$/i;
const DOCUMENT_WORDS =
  /\b(?:pdf|docx?|xlsx?|download|attachments?|documents?|agenda|minutes|packet|herunterladen|dokumente?|anhang|télécharger|pièces? jointes?|descargar|documentos?|scarica|allegat[oi]|documenti|downloaden|bijlagen?|ladda ner)\b/iu;
const WEB = /^(?:https?:\/\/|www\.)\S+$/i;

/** True when an address names a file that people download, by its path or its last query value. */
export function isDocumentAddress(href: string): boolean {
  const url = URL.parse(href);
  if (!url) return DOCUMENT.test(href);
  return DOCUMENT.test(url.pathname) || [...url.searchParams.values()].some((value) => DOCUMENT.test(value));
}

export function isPictureAddress(href: string): boolean {
  return PICTURE.test(URL.parse(href)?.pathname ?? href);
}

/** What the link or picture of a cell says when its text does not say more. */
export function readAddress({ text, href, src }: ValueSample): Recognised | null {
  if (href) {
    if (/^mailto:/i.test(href)) return fromHref("email", href, mailAddress(href));
    if (/^tel:/i.test(href)) return fromHref("phone", href, href.slice(4).replace(/[^\d+]/g, ""));
    const isBare = text.trim() === "" || WEB.test(text.trim());
    const saysDocument = text.length <= 80 && (DOCUMENT_WORDS.test(text) || DOCUMENT.test(text.trim()));
    if (isDocumentAddress(href) && (isBare || saysDocument)) return fromHref("document", href, href);
    if (isBare) return fromHref("url", href, href);
  }
  if (src && text.trim() === "") return { ...fromHref("image", src, src), from: "src" };
  return readWebAddress(text);
}

/** The link itself as a url or a document, whatever the text says. */
export function linkOf({ href, text }: ValueSample, type: "url" | "document"): Recognised | null {
  if (!href) return readWebAddress(text);
  return /^(?:mailto|tel|javascript):/i.test(href) ? null : fromHref(type, href, href);
}

export function pictureOf({ src, href }: ValueSample): Recognised | null {
  if (src) return { ...fromHref("image", src, src), from: "src" };
  return href && isPictureAddress(href) ? fromHref("image", href, href) : null;
}

function readWebAddress(text: string): Recognised | null {
  const raw = text.trim();
  if (!WEB.test(raw)) return null;
  const url = URL.parse(/^www\./i.test(raw) ? `http://${raw}` : raw);
  if (!url) return null;
  const type = isDocumentAddress(url.href) ? "document" : "url";
  const start = text.indexOf(raw);
  return { type, value: url.href, raw, range: [start, start + raw.length], from: "text", confidence: 0.9 };
}

function fromHref(type: Recognised["type"], raw: string, value: string): Recognised {
  return { type, value, raw, range: null, from: "href", confidence: 0.9 };
}

function mailAddress(href: string): string {
  const address = href.slice("mailto:".length).replace(/\?.*$/s, "");
  try {
    return decodeURIComponent(address).trim().toLowerCase();
  } catch {
    return address.trim().toLowerCase();
  }
}
