import type { FieldType } from "../values/field-type.ts";
import type { Column, NameHints } from "./column.ts";
import { nameByValues } from "./name-by-values.ts";

/** Words that say what a value is. Class names are believed only where they hold one of these. */
const VOCABULARY = new Set(
  (
    "title name subject headline heading caption description summary abstract synopsis excerpt teaser details " +
    "date time start end deadline closing closes due published posted updated modified filed decided issued received created expiry expires " +
    "number no id identifier reference ref code docket case citation cite file application permit tender bid notice contract lot " +
    "author judge court panel buyer agency organisation organization authority department publisher company vendor supplier contact owner " +
    "type category kind class sector status state stage disposition outcome division jurisdiction county country region city " +
    "location address place venue site street suburb postcode price amount value cost budget estimate currency total quantity " +
    "url document attachment download agenda minutes notes image photo email phone fax language source tags keywords rating meeting event"
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

/** Gives every column a readable name, unique, by the best evidence the page has: label, header, class, type. */
export function nameColumns(columns: readonly Column[], types: readonly FieldType[], records: number): NamedColumn[] {
  const title = titleColumn(columns, types, records);
  const taken = new Map<string, number>();
  const names = new Map<Column, string>();
  return columns.map((column, i) => {
    const told = { type: types[i] ?? "text", isTitle: column === title, names, taken };
    const name = unique(
      column.origin === "attribute"
        ? attributeName(column, told)
        : column.origin === "part"
          ? partName(column, told)
          : wholeName(column, told),
      taken,
    );
    names.set(column, name);
    return { column, name };
  });
}

interface Told {
  readonly type: FieldType;
  readonly isTitle: boolean;
  readonly names: ReadonlyMap<Column, string>;
  readonly taken: ReadonlyMap<string, number>;
}

function wholeName(column: Column, told: Told): string {
  const { hints } = column;
  const said = slug(labelOf(hints)) || slug(hints.property ?? "");
  const classed = dated(worded([...hints.own, ...column.alsoOwn]), told.type);
  const own = said || (told.isTitle && !OF_TITLE.test(classed) ? "" : classed);
  const header = slug(hints.header ?? "");
  if (own !== "" && header === "") return own;
  const inherited = header || (told.isTitle ? "" : dated(worded(hints.around), told.type));
  if (inherited === "") return told.isTitle ? "title" : beforeName(hints, told.type) || plainName(column, told.type);
  if (!told.taken.has(inherited)) return inherited;
  return own !== "" ? own : `${inherited}_${told.isTitle ? "title" : plainName(column, told.type)}`;
}

const OF_TITLE = /title|name|subject|headline|heading|caption|case|description|summary|meeting|event(?!_)/;

/** "Read more: Road repairs" names nothing; neither does the name of an icon before the words. */
const labelOf = ({ label = "" }: NameHints): string => (ASKS.test(label.trim()) ? "" : label);
const ASKS =
  /^(?:(?:read|view|see|download)(?: .*)?|(?:learn|show|find out|continue reading|more|details?|open|click here|leer|ver|lire|voir|mehr|weiterlesen|leggi|lees)(?: (?:more|on|details?|all|document|notice|más|la suite|plus|erfahren|tutto|meer))?)$/i;

/** Words before a value that nothing marks as its label count where one of them says what values are. */
const beforeName = ({ before = "" }: NameHints, type: FieldType): string =>
  worded(slug(before).split("_")) === "" ? "" : dated(slug(before), type);

const OF_TIME = /date|time|start|end|deadline|clos|due|publish|post|updat|modif|file|decid|issu|receiv|creat|expir/;

/** A day inside what is classed as a document is the document's date. */
function dated(name: string, type: FieldType): string {
  const isDay = type === "date" || type === "datetime";
  return name === "" || !isDay || OF_TIME.test(name) ? name : `${name}_date`;
}

/** By type; text by how long it is. */
function plainName(column: Column, type: FieldType): string {
  const generic = GENERIC[type];
  if (generic !== undefined) return generic;
  if (column.hints.own[0] === "group") return "group";
  if (type !== "text") return "text";
  return nameByValues(textsOf(column)) ?? (medianLength(column) > 120 ? "description" : "text");
}

function attributeName(column: Column, told: Told): string {
  if (column.take.attribute === "datetime" || column.take.attribute === "content") return wholeName(column, told);
  const suffix = column.take.attribute === "src" ? "image" : "url";
  const base =
    textNameOf(column, told.names) ||
    worded([...column.hints.own, ...column.alsoOwn]) ||
    slug(column.hints.header ?? "");
  return base === "" || base === suffix ? suffix : `${base}_${suffix}`;
}

/** The name that the text of the same place has: `title` for `title_url`. */
function textNameOf(column: Column, names: ReadonlyMap<Column, string>): string {
  for (const [other, name] of names)
    if (
      other.origin === "whole" &&
      other.slot !== null &&
      (other.slot === column.slot || other.slot === column.slot?.parent)
    )
      return name;
  return "";
}

function partName({ hints, of, kind, cells }: Column, { names }: Told): string {
  const label = slug(labelOf(hints));
  if (label !== "") return label;
  const parent = (of && names.get(of)) ?? "";
  const isPlain = parent === "" || parent === "title" || parent === "text" || parent === "description";
  if (kind === "date" || kind === "time") return isPlain ? kind : `${parent}_${kind}`;
  if (kind === "code") return isPlain ? "reference" : `${parent}_number`;
  const texts = [...cells.values()].map(({ text }) => text);
  return (parent !== "title" && isPlain ? nameByValues(texts) : null) ?? `${parent || "text"}_part`;
}

function worded(words: readonly string[]): string {
  return [...new Set(words.filter((word) => VOCABULARY.has(word)).slice(0, 2))].join("_");
}

/** The column a person would call the title: the main link or heading, else the longest short text that differs. */
function titleColumn(columns: readonly Column[], types: readonly FieldType[], records: number): Column | null {
  let best: Column | null = null;
  let bestScore = 0;
  columns.forEach((column, i) => {
    if (column.origin !== "whole" || column.cells.size < records * 0.6 || (types[i] ?? "text") !== "text") return;
    const texts = [...column.cells.values()].map(({ text }) => text);
    const length = Math.min(medianLength(column), 120);
    const distinct = new Set(texts).size / texts.length;
    const isHead =
      columns.some(
        (link) =>
          link.origin === "attribute" &&
          link.take.attribute === "href" &&
          (link.slot === column.slot || (link.slot?.parent === column.slot && !hasOwnColumn(link, columns))),
      ) || /^h[1-6]$/.test(column.slot?.tag ?? "");
    const score = length * distinct * (isHead ? 4 : 1) * (medianLength(column) > 180 ? 0.3 : 1);
    if (score > bestScore) [best, bestScore] = [column, score];
  });
  return best;
}

/** The words of a link are a column besides what stands around it. */
const hasOwnColumn = ({ slot }: Column, columns: readonly Column[]): boolean =>
  columns.some((one) => one.origin === "whole" && one.slot === slot);

const textsOf = ({ cells }: Column): string[] => [...cells.values()].map(({ text }) => text).slice(0, 60);

function medianLength({ cells }: Column): number {
  const lengths = [...cells.values()].map(({ text }) => text.length).sort((a, b) => a - b);
  return lengths[lengths.length >> 1] ?? 0;
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
