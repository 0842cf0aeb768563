import type { Element } from "domhandler";
import type { EmbeddedData, Located, Place } from "./embedded-data.ts";
import { resolveReferences } from "./flat-state.ts";
import { scanJson, type Effort } from "./scan-json.ts";
import { unescapeHtml, unescapeLiteral, type SourceText } from "./source-text.ts";

const MAX_PER_SCRIPT = 64;
/** How much of a program is looked through, in lengths of it: what looks like a value may be none, up to its end. */
const MOST_LENGTHS = 16;
/** At the start of a statement: spaces only up to the next line, where another statement may start. */
const ASSIGNMENT =
  /(?:\b(?:var|let|const)\s+|\b(?:window|self|globalThis|this)\s*(?:\.\s*|\[\s*["'])|(?<=^|[;\n])[^\S\n]*)([\w$][\w$.]{0,80})(?:["']\s*\])?\s*=\s*(?=[[{]|JSON\s*\.\s*parse\s*\()/g;
/** Lists handed to a table or grid: `$("#t").DataTable({ data: [[…]] })`. */
const TABLE_OPTION =
  /["']?\b(data|aaData|rowData|rows|items|records|results|dataSource|dataset|events)["']?\s*:\s*(?=\[\s*[[{])/g;
const JSON_PARSE = /JSON\s*\.\s*parse\s*\(\s*(?:decodeURIComponent\s*\(\s*)?(["'`])/y;

/** What people put around JSON to hide it from old browsers and XML parsers. */
const WRAPPER = /^(?:\s|<!--|\/\/(?=\s*<)|<!\[CDATA\[|\/\*[^]*?\*\/)*/;

/** JSON-LD: one value or several, with the usual wrappers and mistakes. */
export function readJsonLd(text: string, place: Place): Located[] {
  const source: SourceText = { text, place, origin: null };
  const found = valuesIn(source, false);
  if (found.length > 0) return found;
  if (/&(?:quot|#34|#x22);/i.test(text)) {
    const unescaped = valuesIn(unescapeHtml(source), true);
    if (unescaped.length > 0) return unescaped;
  }
  return valuesIn(source, true);
}

/** State in scripts that hold nothing but JSON. */
export function readJsonScript(text: string, place: Place, element: Element): EmbeddedData[] {
  const name = element.attribs["id"] ?? dataName(element);
  return readJsonLd(text, place).map((value) => ({ kind: "state", name, value: resolveReferences(value) }));
}

/** State in program text: assigned objects and arrays, `JSON.parse("…")`, and lists handed to tables. */
export function readProgram(text: string, place: Place): EmbeddedData[] {
  const source: SourceText = { text, place, origin: null };
  const found: EmbeddedData[] = [];
  const effort = { left: text.length * MOST_LENGTHS };
  let readTo = 0;
  for (const match of literals(text)) {
    const start = match.index + match[0].length;
    if (start < readTo) continue;
    if (found.length >= MAX_PER_SCRIPT || effort.left < 0) break;
    const read = text[start] === "J" ? parsed(source, start, effort) : scanJson(source, start, { effort });
    if (!read || !holdsData(read.value)) continue;
    readTo = read.end;
    found.push({ kind: "state", name: match[1] ?? null, value: read.value });
  }
  return found;
}

function literals(text: string): RegExpExecArray[] {
  return [...text.matchAll(ASSIGNMENT), ...text.matchAll(TABLE_OPTION)].sort((a, b) => a.index - b.index);
}

function parsed(source: SourceText, start: number, effort: Effort): { value: Located; end: number } | null {
  JSON_PARSE.lastIndex = start;
  const quote = JSON_PARSE.exec(source.text)?.[1];
  if (quote === undefined) return null;
  const from = JSON_PARSE.lastIndex;
  const end = closingQuote(source.text, quote, from);
  effort.left -= (end < 0 ? source.text.length : end) - from;
  if (end < 0) return null;
  const read = scanJson(unescapeLiteral(source, from, end), 0);
  return read && { value: read.value, end };
}

function closingQuote(text: string, quote: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function valuesIn(source: SourceText, mends: boolean): Located[] {
  const found: Located[] = [];
  const opening = /[[{]/g;
  opening.lastIndex = WRAPPER.exec(source.text)?.[0].length ?? 0;
  for (
    let match = opening.exec(source.text);
    match && found.length < MAX_PER_SCRIPT;
    match = opening.exec(source.text)
  ) {
    const read = scanJson(source, match.index, { mends });
    if (!read) return found;
    if (holdsData(read.value)) found.push(read.value);
    opening.lastIndex = Math.max(read.end, match.index + 1);
  }
  return found;
}

function holdsData(value: Located): boolean {
  if (value.kind === "object") return value.entries.size > 0;
  return value.kind === "array" && value.items.length > 0;
}

function dataName(element: Element): string | null {
  const name = Object.keys(element.attribs).find((key) => key.startsWith("data-"));
  return name ?? null;
}
