/** An attribute as its tag writes it: where the value stands, without its quotes; null when it has none or is not quoted. */
export interface WrittenAttribute {
  readonly name: string;
  readonly value: { readonly start: number; readonly end: number; readonly quote: string } | null;
}

/** A piece of a page's source; `[start, end)` in its text. */
export type Token = { readonly start: number; readonly end: number } & (
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: readonly WrittenAttribute[];
      readonly closesItself: boolean;
    }
  | { readonly kind: "close"; readonly name: string }
  /** `raw`: of an element that holds nothing but text. */
  | { readonly kind: "text"; readonly raw: string | null }
  | { readonly kind: "comment" }
  | { readonly kind: "doctype" }
);

/** More are not worth the room. */
const MOST_TOKENS = 60_000;
const TAG = /<(\/?)([a-z][^\s/>]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s/>=]+)(?:\s*=\s*(?:"[^"]*(")|'[^']*(')|[^\s>"'][^\s>]*))?/y;
const TAG_END = /[\s/]*>/y;
const DOCTYPE = /<!doctype[^>]*>/iy;
/** Their content is text, whatever it looks like. */
export const RAW = new Set("script style title textarea xmp iframe noembed noframes noscript".split(" "));
/** What a parser treats in ways of its own. */
const UNRULY = new Set(["plaintext", "template", "base", "frameset"]);

/**
 * Cuts a page's source into tags, texts and comments, as a parser would for plain markup. Null for anything that is not
 * plain: this is no parser, and who uses it compares with what the parser made.
 */
export function cutSource(text: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (tokens.length >= MOST_TOKENS) return null;
    const open = text.indexOf("<", at);
    const end = open < 0 ? text.length : open;
    if (end > at) tokens.push({ kind: "text", start: at, end, raw: null });
    at = end;
    if (open < 0) break;
    const token = text.startsWith("<!", at) ? declarationAt(text, at) : tagAt(text, at);
    if (!token) return null;
    tokens.push(token);
    at = token.end;
    if (token.kind !== "open") continue;
    if (UNRULY.has(token.name)) return null;
    if (!RAW.has(token.name)) continue;
    const close = closeOf(token.name, text, at);
    if (close < 0) return null;
    if (close > at) tokens.push({ kind: "text", start: at, end: close, raw: token.name });
    at = close;
  }
  return tokens;
}

function declarationAt(text: string, start: number): Token | null {
  if (!text.startsWith("<!--", start)) {
    const end = matchEnd(DOCTYPE, text, start);
    return end < 0 ? null : { kind: "doctype", start, end };
  }
  const end = text.indexOf("-->", start + 4);
  return end < 0 || !isPlainComment(text.slice(start + 4, end)) ? null : { kind: "comment", start, end: end + 3 };
}

/** A comment that ends where it seems to. */
export const isPlainComment = (inner: string): boolean =>
  !inner.startsWith(">") && !inner.startsWith("->") && !inner.includes("--!>") && !inner.includes("<!--");

function tagAt(text: string, start: number): Token | null {
  TAG.lastIndex = start;
  const [, slash, name] = TAG.exec(text) ?? [];
  if (name === undefined) return null;
  const attributes: WrittenAttribute[] = [];
  let at = TAG.lastIndex;
  for (let end = matchEnd(TAG_END, text, at); ; end = matchEnd(TAG_END, text, at)) {
    if (end >= 0) {
      const closesItself = text.charCodeAt(end - 2) === SLASH;
      const lower = name.toLowerCase();
      if (slash === "/") return attributes.length > 0 ? null : { kind: "close", start, end, name: lower };
      return { kind: "open", start, end, name: lower, attributes, closesItself };
    }
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text);
    if (!match) return null;
    at = ATTRIBUTE.lastIndex;
    attributes.push(attributeOf(match, text, at));
  }
}

const SLASH = 47;

function attributeOf(match: RegExpExecArray, text: string, end: number): WrittenAttribute {
  const [, name = "", double, single] = match;
  const quote = double ?? single;
  if (quote === undefined) return { name: name.toLowerCase(), value: null };
  const start = text.indexOf(quote, match.index + match[0].indexOf("=")) + 1;
  return { name: name.toLowerCase(), value: { start, end: end - 1, quote } };
}

function closeOf(name: string, text: string, from: number): number {
  const close = new RegExp(`</${name}\\s*>`, "gi");
  close.lastIndex = from;
  const at = close.exec(text)?.index ?? -1;
  // Scripts may hold scripts that are commented out.
  return name === "script" && at >= 0 && text.slice(from, at).includes("<!--") ? -1 : at;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
