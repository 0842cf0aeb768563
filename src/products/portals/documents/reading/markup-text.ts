import { Parser } from "htmlparser2";

/** How elements of one kind of markup become text. Names are local, without their prefix. */
export interface MarkupRules {
  /** Elements whose characters count; null: all but those in `silent`. */
  readonly spoken: ReadonlySet<string> | null;
  readonly silent: ReadonlySet<string>;
  /** End a line. */
  readonly lines: ReadonlySet<string>;
  /** End a cell. */
  readonly cells: ReadonlySet<string>;
  /** Written by themselves. */
  readonly marks: Readonly<Record<string, string>>;
  /** Whether this element begins a new page. */
  readonly isPageBreak: (name: string, attributes: Readonly<Record<string, string>>) => boolean;
}

const none: ReadonlySet<string> = new Set();

/** Word: a page ends where its author ended it, or where Word drew its end last. */
export const WORD: MarkupRules = {
  spoken: new Set(["t"]),
  silent: new Set(["del", "instrtext"]),
  lines: new Set(["p"]),
  cells: new Set(["tc"]),
  marks: { tab: "\t", br: "\n", cr: "\n", nobreakhyphen: "-" },
  isPageBreak: (name, { "w:type": type }) => name === "lastrenderedpagebreak" || (name === "br" && type === "page"),
};

/** PowerPoint: one file a slide. */
export const SLIDE: MarkupRules = {
  spoken: new Set(["t"]),
  silent: none,
  lines: new Set(["p"]),
  cells: new Set(["tc"]),
  marks: { br: "\n", tab: "\t" },
  isPageBreak: () => false,
};

/** OpenDocument: all of the body is text. A sheet or a slide is a page. */
export const OPEN_DOCUMENT: MarkupRules = {
  spoken: new Set(["p", "h"]),
  silent: new Set(["tracked-changes", "annotation"]),
  lines: new Set(["p", "h", "table-row"]),
  cells: new Set(["table-cell"]),
  marks: { tab: "\t", "line-break": "\n", s: " " },
  isPageBreak: (name) => name === "soft-page-break" || name === "page",
};

/** A table is a sheet. */
export const SPREADSHEET: MarkupRules = { ...OPEN_DOCUMENT, isPageBreak: (name) => name === "table" };

export const WEB_PAGE: MarkupRules = {
  spoken: null,
  silent: new Set(["script", "style", "template", "noscript", "svg", "iframe", "object", "select"]),
  lines: new Set(
    "p div li tr h1 h2 h3 h4 h5 h6 section article header footer table ul ol dl dt dd pre blockquote form title".split(
      " ",
    ),
  ),
  cells: new Set(["td", "th"]),
  marks: { br: "\n" },
  isPageBreak: () => false,
};

/**
 * The text of markup, page by page. Reads as a stream: depth costs nothing, and entities of a document's own are never
 * expanded. `onPage` says whether more is wanted.
 */
export function readMarkup(
  markup: string,
  rules: MarkupRules,
  { isXml, onPage }: { isXml: boolean; onPage: (text: string) => boolean },
): void {
  let parts: string[] = [];
  let spoken = rules.spoken === null ? 1 : 0;
  let silent = 0;
  let isWanted = true;
  const turnPage = () => {
    const text = parts.join("");
    parts = [];
    if (isWanted) isWanted = onPage(text);
    if (!isWanted) parser.pause();
  };
  const parser = new Parser(
    {
      onopentag(qualified, attributes) {
        const name = localName(qualified);
        if (rules.isPageBreak(name, attributes) && parts.some((part) => part.trim() !== "")) turnPage();
        if (rules.silent.has(name)) silent += 1;
        if (rules.spoken?.has(name)) spoken += 1;
        const mark = rules.marks[name];
        if (mark !== undefined && silent === 0) parts.push(mark);
      },
      ontext(text) {
        if (spoken > 0 && silent === 0) parts.push(rules.spoken === null ? text.replace(/\s+/g, " ") : text);
      },
      onclosetag(qualified) {
        const name = localName(qualified);
        if (rules.silent.has(name)) silent = Math.max(0, silent - 1);
        if (rules.spoken?.has(name)) spoken = Math.max(0, spoken - 1);
        if (rules.lines.has(name)) parts.push("\n");
        else if (rules.cells.has(name)) parts.push("\t");
      },
    },
    { xmlMode: isXml, decodeEntities: true, lowerCaseTags: !isXml },
  );
  parser.write(markup);
  if (isWanted) parser.end();
  if (isWanted) onPage(parts.join(""));
}

/** Without the prefix, which every program may choose. */
export function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(":") + 1).toLowerCase();
}
