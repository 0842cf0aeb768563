import { decodeHTML, decodeHTMLAttribute } from "entities";
import {
  html,
  InsertionMode,
  Parser,
  Token,
  Tokenizer,
  TokenizerMode,
  type TokenHandler,
  type TokenizerOptions,
  type TreeAdapterTypeMap,
} from "parse5";
import { ownCopy } from "./own-copy.ts";

/** Quirks of markup that the quick way leaves to parse5: where one stands, the construct is read a character at a time. */
const ODD = -1;
const [TAB, FEED, FORM_FEED, RETURN, SPACE] = [9, 10, 12, 13, 32];
const [BANG, DOUBLE_QUOTE, SINGLE_QUOTE, SLASH, EQUALS, GREATER, QUESTION] = [33, 34, 39, 47, 61, 62, 63];
/** More are checked for doubles in another way. */
const MOST_ATTRIBUTES = 64;

type ParserState = Readonly<Pick<Parser<TreeAdapterTypeMap>, "insertionMode">>;

/** A tag's or an attribute's. */
interface MarkupName {
  readonly written: string;
  /** In lower case. */
  readonly name: string;
  readonly id: html.TAG_ID;
}

/** Where words may be dropped and the blanks between them are kept. */
const SIEVES: ReadonlySet<InsertionMode> = new Set([
  InsertionMode.IN_COLUMN_GROUP,
  InsertionMode.IN_FRAMESET,
  InsertionMode.AFTER_FRAMESET,
  InsertionMode.AFTER_AFTER_FRAMESET,
]);

/** Names by a number made of their letters: pages use few, and one that is known need not be cut out of the page. */
const names: (MarkupName | undefined)[] = new Array<MarkupName | undefined>(1024);
const LONGEST_NAME = 64;

/**
 * parse5's tokenizer, with a short way for ordinary markup: it cuts texts, tags and attributes out of the page in whole
 * pieces where the standard's states go on by one character. The tokens are the same (a run of words is one token where
 * parse5 makes one for each word and blank, which builds the same tree), and the tree is parse5's work in any case. All
 * that is out of the ordinary (markup declarations, escaped scripts, tags that do not end) is read by parse5's states,
 * after which the short way goes on.
 */
export class QuickTokenizer extends Tokenizer {
  readonly #parser: ParserState;
  /** Attributes of the tag that was read last. */
  #attributes: Token.Attribute[] = [];
  #isSelfClosing = false;

  constructor(options: TokenizerOptions, parser: TokenHandler & ParserState) {
    super(options, parser);
    this.#parser = parser;
  }

  override write(chunk: string, isLast: boolean): void {
    const text = chunk.includes("\r") ? chunk.replace(/\r\n?/g, "\n") : chunk;
    // The parser treats them in ways of their own, depending on where they stand.
    if (text.includes("\0") || this.options.sourceCodeLocationInfo) return super.write(text, isLast);
    let at = 0;
    while (at < text.length) {
      const next = this.state === TokenizerMode.DATA ? this.#markup(text, at) : this.#rawText(text, at);
      at = next === ODD ? this.#slowly(text, at) : next;
    }
    super.write(text.slice(at), isLast);
  }

  /**
   * Lets parse5 read a construct, up to a `>` behind which the short way can go on. It keeps what it was given of a construct
   * that does not end and copies it with every further piece: pieces grow, so that reading takes time in proportion.
   */
  #slowly(text: string, from: number): number {
    let at = from;
    do {
      const end = text.indexOf(">", at + (at - from)) + 1 || text.length;
      super.write(text.slice(at, end), false);
      at = end;
    } while (at < text.length && this.state !== TokenizerMode.DATA);
    this._emitCurrentCharacterToken(null);
    return at;
  }

  /** Reads a text, or the tag that begins at `at`. Gives where it ends, or `ODD`. */
  #markup(text: string, at: number): number {
    const open = text.indexOf("<", at);
    if (open === at) return this.#tagOrComment(text, at);
    const end = open < 0 ? text.length : open;
    this.#emitText(text.slice(at, end));
    return end;
  }

  #tagOrComment(text: string, at: number): number {
    const code = text.charCodeAt(at + 1);
    if (isLetter(code)) return this.#startTag(text, at);
    if (code === SLASH) return isLetter(text.charCodeAt(at + 2)) ? this.#endTag(text, at) : ODD;
    if (code === BANG) return this.#comment(text, at);
    if (code === QUESTION || at + 1 >= text.length) return ODD;
    this.#emitText("<");
    return at + 1;
  }

  #comment(text: string, at: number): number {
    const start = at + 4;
    if (!text.startsWith("--", at + 2) || text.startsWith(">", start) || text.startsWith("->", start)) return ODD;
    let end = text.indexOf("--", start);
    while (end >= 0 && text.charCodeAt(end + 2) !== GREATER) {
      if (text.charCodeAt(end + 2) === BANG) return ODD;
      end = text.indexOf("--", end + 1);
    }
    if (end < 0) return ODD;
    this.handler.onComment({ type: Token.TokenType.COMMENT, data: text.slice(start, end), location: null });
    return end + 3;
  }

  #startTag(text: string, at: number): number {
    const nameEnd = endOfName(text, at + 1);
    const end = this.#readAttributes(text, nameEnd);
    if (end === ODD) return ODD;
    const { name, id } = nameAt(text, at + 1, nameEnd);
    this.lastStartTagName = name;
    this.handler.onStartTag({
      type: Token.TokenType.START_TAG,
      tagName: name,
      tagID: id,
      selfClosing: this.#isSelfClosing,
      ackSelfClosing: false,
      attrs: this.#attributes,
      location: null,
    });
    return end;
  }

  #endTag(text: string, at: number): number {
    const nameEnd = endOfName(text, at + 2);
    const end = skipSpace(text, nameEnd);
    if (text.charCodeAt(end) !== GREATER) return ODD;
    this.#emitEndTag(nameAt(text, at + 2, nameEnd));
    return end + 1;
  }

  #emitEndTag({ name, id }: MarkupName): void {
    this.handler.onEndTag({
      type: Token.TokenType.END_TAG,
      tagName: name,
      tagID: id,
      selfClosing: false,
      ackSelfClosing: false,
      attrs: [],
      location: null,
    });
  }

  /** Reads what follows a tag's name, to behind its `>`. */
  #readAttributes(text: string, from: number): number {
    const attributes: Token.Attribute[] = [];
    this.#attributes = attributes;
    this.#isSelfClosing = false;
    let at = from;
    for (;;) {
      at = skipSpace(text, at);
      const code = text.charCodeAt(at);
      if (code === GREATER) return at + 1;
      if (code === SLASH) {
        at += 1;
        this.#isSelfClosing = text.charCodeAt(at) === GREATER;
        continue;
      }
      const end = endOfAttributeName(text, at);
      // An equals sign that begins a name, or the end of the page.
      if (end === at || attributes.length >= MOST_ATTRIBUTES) return ODD;
      const attribute = { name: nameAt(text, at, end).name, value: "" };
      if (!hasName(attributes, attribute.name)) attributes.push(attribute);
      at = skipSpace(text, end);
      if (text.charCodeAt(at) !== EQUALS) continue;
      at = skipSpace(text, at + 1);
      const valueEnd = endOfValue(text, at);
      if (valueEnd === ODD) return ODD;
      const isQuoted = isQuote(text.charCodeAt(at));
      const value = isQuoted ? text.slice(at + 1, valueEnd) : text.slice(at, valueEnd);
      attribute.value = value.includes("&") ? decodeHTMLAttribute(value) : value;
      at = isQuoted ? valueEnd + 1 : valueEnd;
    }
  }

  /** Text of an element that holds nothing but text, to behind its end tag. */
  #rawText(text: string, at: number): number {
    const { state } = this;
    if (state !== TokenizerMode.RCDATA && state !== TokenizerMode.RAWTEXT && state !== TokenizerMode.SCRIPT_DATA)
      return ODD;
    const name = this.lastStartTagName;
    for (let open = text.indexOf("</", at); open >= 0; open = text.indexOf("</", open + 2)) {
      const nameEnd = open + 2 + name.length;
      const close = skipSpace(text, nameEnd);
      if (text.charCodeAt(close) !== GREATER || lowerCase(text.slice(open + 2, nameEnd)) !== name) {
        // Perhaps an end tag with attributes.
        if (lowerCase(text.slice(open + 2, nameEnd)) === name) return ODD;
        continue;
      }
      const inner = text.slice(at, open);
      if (state === TokenizerMode.SCRIPT_DATA && inner.includes("<!--")) return ODD;
      if (state === TokenizerMode.RCDATA) this.#emitText(inner);
      else this.#emitCharacters(inner);
      this.state = TokenizerMode.DATA;
      this.#emitEndTag(nameAt(text, open + 2, nameEnd));
      return close + 1;
    }
    return ODD;
  }

  #emitText(text: string): void {
    this.#emitCharacters(text.includes("&") ? decodeHTML(text) : text);
  }

  /** Space in front is a token of its own: in many places the parser treats it otherwise than words. */
  #emitCharacters(chars: string): void {
    const start = skipSpace(chars, 0);
    if (start > 0) this.#emitSpace(start === chars.length ? chars : chars.slice(0, start));
    if (start === chars.length) return;
    const words = start === 0 ? chars : chars.slice(start);
    if (!SIEVES.has(this.#parser.insertionMode)) return this.#emitWords(words);
    for (const [, word, space] of words.matchAll(/([^\t\n\f\r ]+)([\t\n\f\r ]*)/g)) {
      if (word) this.#emitWords(word);
      if (space) this.#emitSpace(space);
    }
  }

  #emitSpace(chars: string): void {
    this.handler.onWhitespaceCharacter({ type: Token.TokenType.WHITESPACE_CHARACTER, chars, location: null });
  }

  #emitWords(chars: string): void {
    this.handler.onCharacter({ type: Token.TokenType.CHARACTER, chars, location: null });
  }
}

/** parse5's parser with the quick tokenizer. */
export class QuickParser<T extends TreeAdapterTypeMap> extends Parser<T> {
  constructor(...options: ConstructorParameters<typeof Parser<T>>) {
    super(...options);
    this.tokenizer = new QuickTokenizer(this.options, this);
  }
}

function nameAt(text: string, start: number, end: number): MarkupName {
  if (end - start > LONGEST_NAME) return nameOf(text.slice(start, end));
  let number = end - start;
  for (let at = start; at < end; at += 1) number = (Math.imul(number, 31) + text.charCodeAt(at)) | 0;
  const slot = (number ^ (number >>> 10)) & (names.length - 1);
  const known = names[slot];
  if (known?.written.length === end - start && text.startsWith(known.written, start)) return known;
  const name = nameOf(ownCopy(text.slice(start, end)));
  names[slot] = name;
  return name;
}

function nameOf(written: string): MarkupName {
  const name = lowerCase(written);
  return { written, name, id: html.getTagID(name) };
}

function hasName(attributes: readonly Token.Attribute[], wanted: string): boolean {
  for (const { name } of attributes) if (name === wanted) return true;
  return false;
}

/** Of the letters A to Z alone, as the standard has it. */
function lowerCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
/** A carriage return is left only where `&#13;` wrote one. */
const isSpace = (code: number): boolean =>
  code === SPACE || code === FEED || code === TAB || code === RETURN || code === FORM_FEED;
const isQuote = (code: number): boolean => code === DOUBLE_QUOTE || code === SINGLE_QUOTE;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === GREATER || code === SLASH || isSpace(code)) break;
  }
  return at;
}

function endOfAttributeName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === EQUALS || code === GREATER || code === SLASH || isSpace(code)) break;
  }
  return at;
}

/** Where a value ends: at its closing quote, else at space or `>`. `ODD` when the page ends first. */
function endOfValue(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  if (isQuote(quote)) return text.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", from + 1);
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === GREATER || isSpace(code)) return at;
  }
  return ODD;
}
