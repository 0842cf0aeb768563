import type { FieldType } from "../values/field-type.ts";
import type { Column } from "./column.ts";

/** Words that say what a value is. Class names are believed only where they hold one of these. */
const VOCABULARY = new Set(
  (
    "title name subject headline heading caption description summary abstract synopsis body text content excerpt teaser details " +
    "date time start end deadline closing closes due published posted updated modified filed decided issued received created expiry expires " +
    "number no id identifier reference ref code docket case citation cite file application permit tender bid notice contract lot " +
    "author judge court panel buyer agency organisation organization authority department publisher company vendor supplier contact owner " +
    "type category kind class sector status state stage disposition outcome result division jurisdiction county country region city " +
    "location address place venue site street suburb postcode price amount value cost budget estimate currency total quantity " +
    "url link document attachment download agenda minutes notes image photo email phone fax language source tags keywords rating meeting event"
  ).split(" "),
);

const GENERIC: Readonly<Partial<Record<FieldType, string>>> = {
  date: "date",
  datetime: "date",
  money: "amount",
  email: "email",
  phone: "phone",
  reference: "reference",
  status: "status",
  url: "url",
  document: "document",
  image: "image",
};

export interface NamedColumn {
  readonly column: Column;
  readonly name: string;
}

/** Gives every column a readable name, unique, by the best evidence the page has: header, label, property, class, type. */
export function nameColumns(columns: readonly Column[], types: readonly FieldType[], records: number): NamedColumn[] {
  const title = titleColumn(columns, types, records);
  const taken = new Map<string, number>();
  const names = new Map<Column, string>();
  return columns.map((column, i) => {
    const type = types[i] ?? "text";
    const name = unique(nameOf(column, type, column === title, names), taken);
    names.set(column, name);
    return { column, name };
  });
}

function nameOf(column: Column, type: FieldType, isTitle: boolean, names: ReadonlyMap<Column, string>): string {
  const { hints, origin, of } = column;
  if (origin === "attribute" && column.take.attribute !== "datetime" && column.take.attribute !== "content") {
    const base = textNameOf(column, names) ?? worded(column);
    const suffix = column.take.attribute === "src" ? "image" : "url";
    return base === null || base === suffix ? suffix : `${base}_${suffix}`;
  }
  if (origin === "part") {
    const kind = hints.words[0];
    if (hints.label !== undefined) return slug(hints.label);
    const parent = of ? names.get(of) : undefined;
    if (kind === "date") return "date";
    if (kind === "time") return "time";
    if (kind === "code")
      return parent && /number|reference|docket|case|citation|id\b/.test(parent) ? `${parent}_number` : "reference";
    return parent === undefined ? "text" : `${parent}_part`;
  }
  const told = hints.header ?? hints.label ?? hints.property;
  const fromTold = told === undefined ? "" : slug(told);
  if (fromTold !== "") return fromTold;
  if (hints.words[0] === "group") return GENERIC[type] ?? "group";
  return worded(column) ?? (isTitle ? "title" : (GENERIC[type] ?? "text"));
}

/** The name that the text of the same place has: `title` for `title_url`. */
function textNameOf(column: Column, names: ReadonlyMap<Column, string>): string | null {
  for (const [other, name] of names)
    if (other.origin === "whole" && other.slot !== null && other.slot === column.slot) return name;
  const told = column.hints.header ?? column.hints.property;
  return told === undefined ? null : slug(told) || null;
}

function worded({ hints }: Column): string | null {
  const words = hints.words.filter((word) => VOCABULARY.has(word));
  return words.length === 0 ? null : [...new Set(words.slice(0, 2))].join("_");
}

/** The column a person would call the title: the main link's text, else the longest text that differs in every record. */
function titleColumn(columns: readonly Column[], types: readonly FieldType[], records: number): Column | null {
  let best: Column | null = null;
  let bestScore = 0;
  columns.forEach((column, i) => {
    if (column.origin !== "whole" || column.cells.size < records * 0.6 || (types[i] ?? "text") !== "text") return;
    const texts = [...column.cells.values()].map(({ text }) => text);
    const length = texts.reduce((sum, text) => sum + Math.min(text.length, 120), 0) / texts.length;
    const distinct = new Set(texts).size / texts.length;
    const linked = column.slot?.tag === "a" || /^h[1-6]$/.test(column.slot?.tag ?? "") ? 2 : 1;
    const score = length * distinct * linked;
    if (score > bestScore) [best, bestScore] = [column, score];
  });
  return best;
}

function unique(name: string, taken: Map<string, number>): string {
  const base = name === "" ? "text" : name;
  const count = (taken.get(base) ?? 0) + 1;
  taken.set(base, count);
  if (count === 1) return base;
  return unique(`${base}_${count}`, taken);
}

/** `Date Filed / Lodged` → `date_filed_lodged`. */
export function slug(text: string): string {
  return text
    .replace(/#/g, " number ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
}
