import { decodeHTML } from "entities";
import type { Place } from "./embedded-data.ts";

/** A text to scan, and where each of its characters stands in the page when the text had to be decoded first. */
export interface SourceText {
  readonly text: string;
  readonly place: Place;
  /** Position in the page's own text per character, with one more for the end; null when the texts are the same. */
  readonly origin: Int32Array | null;
}

/** Range of a stretch of the text in the page's own text. */
export function originOf(source: SourceText, start: number, end: number): [number, number] {
  return source.origin ? [source.origin[start] ?? 0, source.origin[end] ?? 0] : [start, end];
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** Reads the inside of a string literal of JSON or JavaScript, keeping the places of its characters. */
export function unescapeLiteral(source: SourceText, start: number, end: number): SourceText {
  const { text } = source;
  const parts = new Decoder(source, end - start);
  for (let at = start; at < end;) {
    if (text[at] !== "\\") {
      parts.add(text[at] ?? "", at);
      at += 1;
      continue;
    }
    const [decoded, length] = escapeAt(text, at);
    parts.add(decoded, at);
    at += length;
  }
  return parts.finish(end);
}

/** Undoes HTML escaping in a script whose JSON was escaped by mistake (`{&quot;a&quot;:1}`). */
export function unescapeHtml(source: SourceText): SourceText {
  const parts = new Decoder(source, source.text.length);
  let at = 0;
  for (const match of source.text.matchAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi)) {
    for (; at < match.index; at += 1) parts.add(source.text[at] ?? "", at);
    parts.add(decodeHTML(match[0]), at);
    at += match[0].length;
  }
  for (; at < source.text.length; at += 1) parts.add(source.text[at] ?? "", at);
  return parts.finish(source.text.length);
}

function escapeAt(text: string, at: number): [string, number] {
  const mark = text[at + 1] ?? "";
  if (mark === "u" || mark === "x") {
    const digits = mark === "u" ? /[\da-f]{4}|\{[\da-f]{1,6}\}/iy : /[\da-f]{2}/iy;
    digits.lastIndex = at + 2;
    const hex = digits.exec(text)?.[0];
    const code = hex === undefined ? NaN : parseInt(hex.replace(/[{}]/g, ""), 16);
    if (hex !== undefined && code <= 0x10ffff) {
      return [hex.length === 4 ? String.fromCharCode(code) : String.fromCodePoint(code), 2 + hex.length];
    }
    return [mark, 2];
  }
  if (mark === "\n") return ["", 2];
  return [ESCAPED[mark] ?? mark, 2];
}

class Decoder {
  readonly #source: SourceText;
  readonly #origin: number[] | Int32Array;
  readonly #chunks: string[] = [];
  #length = 0;

  constructor(source: SourceText, size: number) {
    this.#source = source;
    this.#origin = new Int32Array(size + 2);
  }

  add(decoded: string, at: number): void {
    this.#chunks.push(decoded);
    for (let i = 0; i < decoded.length; i += 1) this.#origin[this.#length + i] = this.#source.origin?.[at] ?? at;
    this.#length += decoded.length;
  }

  finish(end: number): SourceText {
    this.#origin[this.#length] = this.#source.origin?.[end] ?? end;
    return { text: this.#chunks.join(""), place: this.#source.place, origin: Int32Array.from(this.#origin) };
  }
}
