import { Parser } from "htmlparser2";
import { localName } from "./markup-text.ts";

/** The strings that the cells of a workbook share, in their order. */
export function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let current: string[] | null = null;
  let isText = false;
  new Parser(
    {
      onopentag(qualified) {
        const name = localName(qualified);
        if (name === "si") current = [];
        else if (name === "t") isText = true;
      },
      ontext(text) {
        if (isText) current?.push(text);
      },
      onclosetag(qualified) {
        const name = localName(qualified);
        if (name === "t") isText = false;
        else if (name === "si") strings.push(current?.join("") ?? "");
      },
    },
    { xmlMode: true, decodeEntities: true },
  ).end(xml);
  return strings;
}

/** The text of one sheet: a line for each row, tabs between its cells. Formulas show their last value. */
export function sheetText(xml: string, shared: readonly string[]): string {
  const parts: string[] = [];
  let type = "";
  let value: string[] | null = null;
  new Parser(
    {
      onopentag(qualified, attributes) {
        const name = localName(qualified);
        if (name === "c") type = attributes["t"] ?? "";
        else if (name === "v" || name === "t") value = [];
      },
      ontext(text) {
        value?.push(text);
      },
      onclosetag(qualified) {
        const name = localName(qualified);
        if ((name === "v" || name === "t") && value !== null) {
          const text = value.join("");
          parts.push(type === "s" ? (shared[Number(text)] ?? "") : text);
          value = null;
        } else if (name === "c") parts.push("\t");
        else if (name === "row") parts.push("\n");
      },
    },
    { xmlMode: true, decodeEntities: true },
  ).end(xml);
  return parts.join("");
}
