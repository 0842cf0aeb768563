import { strFromU8, unzipSync, type UnzipFileInfo } from "fflate";
import { OPEN_DOCUMENT, readMarkup, SLIDE, SPREADSHEET, WORD, type MarkupRules } from "./markup-text.ts";
import type { PageOutput } from "./page-output.ts";
import { sharedStrings, sheetText } from "./read-sheet.ts";
import { ReadingStopped, type DocumentKind } from "./reading.ts";

/** Parts that hold text, in the order in which they are read. */
const PARTS = {
  docx: /^word\/(document|footnotes|endnotes|header\d+|footer\d+)\.xml$/,
  xlsx: /^xl\/(sharedStrings|worksheets\/sheet\d+)\.xml$/,
  pptx: /^ppt\/(slides\/slide\d+|notesSlides\/notesSlide\d+)\.xml$/,
  odt: /^content\.xml$/,
  ods: /^content\.xml$/,
  odp: /^content\.xml$/,
} as const;
type OfficeKind = keyof typeof PARTS;

const FAMILIES: readonly (readonly [name: string, kind: OfficeKind])[] = [
  ["word/document.xml", "docx"],
  ["xl/workbook.xml", "xlsx"],
  ["ppt/presentation.xml", "pptx"],
];
const OPEN_FAMILIES: readonly (readonly [ending: string, kind: OfficeKind])[] = [
  ["opendocument.text", "odt"],
  ["opendocument.spreadsheet", "ods"],
  ["opendocument.presentation", "odp"],
];
const RULES = { docx: WORD, pptx: SLIDE, odt: OPEN_DOCUMENT, odp: OPEN_DOCUMENT, ods: SPREADSHEET };
const MOST_PARTS = 10_000;

export interface OfficeFile {
  kind: DocumentKind & OfficeKind;
  hasMacros: boolean;
  parts: ReadonlyMap<string, Uint8Array>;
}

/**
 * Opens a zip as an Office document. Only parts that hold text are unpacked, into buffers of the size that the directory
 * states, and never more than `unpackedBytes` together; a part that is longer than stated is cut there.
 * @throws ReadingStopped
 */
export function openOffice(bytes: Uint8Array, unpackedBytes: number): OfficeFile {
  const entries: UnzipFileInfo[] = [];
  const mimetype = unzip(bytes, (entry) => {
    if (entries.push(entry) > MOST_PARTS) throw new ReadingStopped("expands_too_far");
    return entry.name === "mimetype" && entry.originalSize < 1_000;
  })["mimetype"];
  const names = entries.map(({ name }) => name);
  const kind = kindOf(names, mimetype ? strFromU8(mimetype) : "");
  const wanted = entries.filter(({ name }) => PARTS[kind].test(name));
  const size = wanted.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (size > unpackedBytes) throw new ReadingStopped("expands_too_far");
  const parts = unzip(bytes, ({ name }) => PARTS[kind].test(name));
  const hasMacros = names.some((name) => /(^|\/)vbaProject\.bin$/i.test(name) || name.startsWith("Basic/"));
  return { kind, hasMacros, parts: new Map(Object.entries(parts).sort(inOrder)) };
}

/** Writes the text of an opened file, page by page. */
export function readOffice({ kind, parts }: OfficeFile, output: PageOutput): void {
  if (kind === "xlsx") return readWorkbook(parts, output);
  const rules = RULES[kind];
  for (const part of bodyFirst(parts)) {
    if (output.isFull) return output.cut();
    readPart(part, rules, output);
  }
}

function readPart(part: Uint8Array, rules: MarkupRules, output: PageOutput): void {
  readMarkup(strFromU8(part), rules, {
    isXml: true,
    onPage: (text) => {
      if (text.trim() !== "") output.add(text);
      return !output.isFull;
    },
  });
}

function readWorkbook(parts: ReadonlyMap<string, Uint8Array>, output: PageOutput): void {
  const strings = parts.get("xl/sharedStrings.xml");
  const shared = strings ? sharedStrings(strFromU8(strings)) : [];
  for (const [name, part] of parts) {
    if (name === "xl/sharedStrings.xml") continue;
    if (output.isFull) return output.cut();
    output.add(sheetText(strFromU8(part), shared));
  }
}

function kindOf(names: readonly string[], mimetype: string): OfficeKind {
  const family = FAMILIES.find(([name]) => names.includes(name));
  if (family) return family[1];
  const open = OPEN_FAMILIES.find(([ending]) => mimetype.includes(ending));
  if (open && names.includes("content.xml")) return open[1];
  throw new ReadingStopped("unsupported_type");
}

function unzip(bytes: Uint8Array, filter: (entry: UnzipFileInfo) => boolean) {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    throw error instanceof ReadingStopped ? error : new ReadingStopped("broken");
  }
}

/** `slide2` before `slide10`. */
function inOrder([a]: [string, Uint8Array], [b]: [string, Uint8Array]): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** The document before its notes, headers and footers. */
function bodyFirst(parts: ReadonlyMap<string, Uint8Array>): Uint8Array[] {
  const body = parts.get("word/document.xml");
  const others = [...parts].filter(([name]) => name !== "word/document.xml").map(([, part]) => part);
  return body ? [body, ...others] : others;
}
