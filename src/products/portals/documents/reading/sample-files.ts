import { deflateSync, strToU8, zipSync, zlibSync, type Zippable } from "fflate";

/** A PDF with one page for each list of lines. */
export function pdfOf(pages: readonly (readonly string[])[], { trailer = "" } = {}): Uint8Array {
  const contents = pages.map((lines) => {
    const text = lines.map((line) => `(${line.replaceAll(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
    return `BT /F1 12 Tf 16 TL 72 770 Td\n${text}\nET`;
  });
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...contents.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  return pdfFile(
    objects.map((body) => Buffer.from(body, "latin1")),
    trailer,
  );
}

/** A PDF of one page whose content is blanks that pack a thousand times smaller. */
export function pdfBomb(megabytes: number): Uint8Array {
  const packed = zlibSync(new Uint8Array(megabytes * 1024 * 1024).fill(32), { level: 1 });
  const stream = Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
    packed,
    Buffer.from("\nendstream"),
  ]);
  return pdfFile(
    [
      Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
      Buffer.from("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
      Buffer.from("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"),
      stream,
    ],
    "",
  );
}

function pdfFile(objects: readonly Buffer[], trailer: string): Uint8Array {
  const parts = [Buffer.from("%PDF-1.4\n")];
  let length = parts[0]?.length ?? 0;
  const offsets = objects.map((body, at) => {
    const offset = length;
    const object = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    parts.push(object);
    length += object.length;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table + end)]);
}

const WORD_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A Word document; `\f` in a paragraph is where Word drew the end of a page. */
export function docxOf(paragraphs: readonly string[], more: Zippable = {}): Uint8Array {
  const body = paragraphs
    .map((text) => `<w:p><w:r><w:t>${text.replaceAll("\f", "</w:t><w:lastRenderedPageBreak/><w:t>")}</w:t></w:r></w:p>`)
    .join("");
  const document = `<?xml version="1.0"?><w:document ${WORD_NAMESPACE}><w:body>${body}</w:body></w:document>`;
  return zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "word/document.xml": strToU8(document),
    ...more,
  });
}

export function xlsxOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const shared = rows.flat().filter((cell) => typeof cell === "string");
  const cells = (row: readonly (string | number)[]) =>
    row
      .map((cell) =>
        typeof cell === "string" ? `<c t="s"><v>${shared.indexOf(cell)}</v></c>` : `<c><v>${cell}</v></c>`,
      )
      .join("");
  const data = rows.map((row) => `<row>${cells(row)}</row>`).join("");
  return zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "xl/workbook.xml": strToU8("<workbook/>"),
    "xl/sharedStrings.xml": strToU8(`<sst>${shared.map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`),
    "xl/worksheets/sheet1.xml": strToU8(`<worksheet><sheetData>${data}</sheetData></worksheet>`),
  });
}

export function odtOf(paragraphs: readonly string[]): Uint8Array {
  const body = paragraphs.map((text) => `<text:p>${text}</text:p>`).join("<text:soft-page-break/>");
  return zipSync({
    mimetype: strToU8("application/vnd.oasis.opendocument.text"),
    "content.xml": strToU8(
      `<office:document-content><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ),
  });
}

/** A Word document whose text unpacks to so many megabytes; with `lie`, its directory says that it is small. */
export function zipBomb(megabytes: number, { lie = false } = {}): Uint8Array {
  const bomb = Buffer.from(docxOf([], { "word/footnotes.xml": new Uint8Array(megabytes * 1024 * 1024).fill(65) }));
  if (!lie) return bomb;
  const size = Buffer.alloc(4);
  size.writeUInt32LE(megabytes * 1024 * 1024);
  const small = Buffer.alloc(4);
  small.writeUInt32LE(1_000);
  for (let at = bomb.indexOf(size); at >= 0; at = bomb.indexOf(size, at + 4)) small.copy(bomb, at);
  return bomb;
}

/** What Office makes of a document with a password: an old container with the new file in it. */
export function encryptedOffice(): Uint8Array {
  const file = Buffer.alloc(4_096);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(file);
  Buffer.from("EncryptedPackage", "utf16le").copy(file, 1_024);
  return file;
}

/** Bytes that look packed and are not. */
export function noise(size: number): Uint8Array {
  return deflateSync(new Uint8Array(size).map((_, at) => (at * 2_654_435_761) >>> 24));
}
