import type { Span } from "../outline/page-outline.ts";

/**
 * How a text is built: literals and parts. `{}` is any text, `{date}`, `{code}` and `{time}` are of that kind. Matching is
 * linear in the text for each part, and a recipe can hold no regular expression.
 */
export interface TextPattern {
  readonly pieces: readonly Piece[];
  /** With any number where a code should stand; null without codes. */
  readonly looser: readonly Piece[] | null;
}

type PartKind = "any" | "date" | "code" | "number" | "time";
type Piece = { readonly literal: string } | { readonly part: PartKind };

const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DAY = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? )?";
const SOURCES = {
  date: `${DAY}(?:${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\d{1,2}(?:st|nd|rd|th)?\\.?[ -]${MONTH}\\.?,?[ -]\\d{2,4}|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2}))(?!\\d)`,
  time: "\\d{1,2}(?::\\d{2}){1,2}(?: ?[ap]\\.?m\\b\\.?)?|\\d{1,2} ?[ap]\\.?m\\b\\.?",
  code: "(?=[\\w./:-]{4})(?=[\\w./:-]{0,40}\\d)(?=[\\w./:-]{0,40}[A-Z./:-]|\\d{5,})[A-Z0-9]{1,16}(?:[./:-][A-Za-z0-9]{1,16}){0,6}",
};
const STICKY = {
  date: new RegExp(SOURCES.date, "iy"),
  time: new RegExp(SOURCES.time, "iy"),
  code: new RegExp(SOURCES.code, "y"),
  number: new RegExp(`${SOURCES.code}|\\d{1,16}(?!\\w)`, "y"),
};
export const TYPED = new RegExp(`\\b(?:(?<date>${SOURCES.date})|(?<time>${SOURCES.time}))`, "gi");
export const CODES = new RegExp(`(?<![\\w./:-])(?:${SOURCES.code})(?![\\w-])`, "g");

const compiledPatterns = new Map<string, TextPattern>();

/** Reads the notation `No. {code}, {} ({date})`. Braces that name no part are literal. */
export function compilePattern(source: string): TextPattern {
  const known = compiledPatterns.get(source);
  if (known) return known;
  const pieces: Piece[] = [];
  for (const token of source.split(/(\{(?:|date|code|time)\})/)) {
    if (token === "{}") pieces.push({ part: "any" });
    else if (token === "{date}" || token === "{code}" || token === "{time}") pieces.push({ part: partKind(token) });
    else if (token !== "") pieces.push({ literal: token });
  }
  if (compiledPatterns.size > 2000) compiledPatterns.clear();
  const pattern = { pieces, looser: pieces.some(isCode) ? pieces.map(looserPiece) : null };
  compiledPatterns.set(source, pattern);
  return pattern;
}

const isCode = (piece: Piece): boolean => "part" in piece && piece.part === "code";
const looserPiece = (piece: Piece): Piece => (isCode(piece) ? { part: "number" } : piece);

const partKind = (token: string): PartKind => (token === "{date}" ? "date" : token === "{code}" ? "code" : "time");

/**
 * Where the parts of a pattern stand in a text; null when the text is not built like that. A number of few digits is a code only
 * where the text is not built like that otherwise: by itself it may as well be a year, or the number of a house.
 */
export function matchPattern({ pieces, looser }: TextPattern, text: string): Span[] | null {
  return matchPieces(pieces, text) ?? (looser && matchPieces(looser, text));
}

function matchPieces(pieces: readonly Piece[], text: string): Span[] | null {
  const parts: Span[] = [];
  let at = 0;
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (!piece) break;
    if ("literal" in piece) {
      if (!text.startsWith(piece.literal, at)) return null;
      at += piece.literal.length;
    } else if (piece.part !== "any") {
      const end = endOf(piece.part, text, at);
      if (end < 0) return null;
      parts.push([at, end]);
      at = end;
    } else {
      const end = startOfNext(pieces, i + 1, text, at);
      if (end <= at) return null;
      parts.push([at, end]);
      at = end;
    }
  }
  return at === text.length ? parts : null;
}

function endOf(kind: keyof typeof STICKY, text: string, at: number): number {
  const regex = STICKY[kind];
  regex.lastIndex = at;
  const match = regex.exec(text);
  return match && match[0] !== "" ? at + match[0].length : -1;
}

/** Where free text ends: at the first place where all that follows up to the next free text fits. */
function startOfNext(pieces: readonly Piece[], next: number, text: string, from: number): number {
  if (next >= pieces.length) return text.length;
  const lead = pieces[next];
  for (let at = from + 1; at <= text.length; at += 1) {
    if (lead && "literal" in lead) {
      at = text.indexOf(lead.literal, at);
      if (at < 0) return -1;
    }
    if (fits(pieces, next, text, at)) return at;
  }
  return -1;
}

function fits(pieces: readonly Piece[], next: number, text: string, from: number): boolean {
  let at = from;
  for (let i = next; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (!piece || ("part" in piece && piece.part === "any")) return at < text.length;
    if ("literal" in piece) {
      if (!text.startsWith(piece.literal, at)) return false;
      at += piece.literal.length;
    } else {
      const end = piece.part === "any" ? -1 : endOf(piece.part, text, at);
      if (end < 0) return false;
      at = end;
    }
  }
  return at === text.length;
}

/** The pattern with the kinds of its parts, for naming them. */
export function partKinds({ pieces }: TextPattern): PartKind[] {
  return pieces.flatMap((piece) => ("part" in piece ? [piece.part] : []));
}

/** Literal text right before each part: often a label. */
export function partLeads({ pieces }: TextPattern): string[] {
  return pieces.flatMap((piece, i) => {
    const before = pieces[i - 1];
    return "part" in piece ? [before && "literal" in before ? before.literal : ""] : [];
  });
}
