import { isTag, isText, type AnyNode, type Element } from "domhandler";
import type { FieldRule } from "../columns/field-rule.ts";
import { readsAttribute, type FieldReader, type Found } from "../columns/read-field.ts";
import { attributeIn, attributeOf, attributeValue, textValue } from "../columns/read-value.ts";
import type { RecordUnit } from "../lists/candidate.ts";
import { trimSpan, type Span } from "../outline/page-outline.ts";
import { TextWriter } from "../outline/text-writer.ts";
import { BLOCK, INVISIBLE } from "../page/text-of.ts";
import { absoluteAddress, addressIn, leadingAttributes } from "../page/written-address.ts";
import { contentKey } from "../records/content-key.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { Alignment } from "./align-source.ts";
import type { Token } from "./cut-source.ts";
import { ProgramWriter, type Named, type Program } from "./program.ts";

/** An attribute of an element: what stands in a hole, or the same in every row. */
interface Slot {
  readonly attribute: string;
  readonly hole: number | null;
  readonly fixed: string | undefined;
}

/** How the visible text of a row comes about, step by step. `mark` numbers what a field needs the place of. */
type Act =
  | { readonly act: "break" }
  | { readonly act: "write"; readonly hole: number; readonly mark: number | null }
  | { readonly act: "enter" | "leave"; readonly mark: number };

type FieldPlan = {
  readonly rule: FieldRule;
  /** Below the row. */
  readonly path: string;
} & ({ readonly from: number; readonly to: number; readonly within: number } | { readonly slot: Slot });

/** How a record is read whose source is what the program says. */
export interface RowPlan {
  readonly tag: string;
  readonly program: Program;
  readonly acts: readonly Act[];
  readonly marks: number;
  /** Mark of the row itself. */
  readonly row: number;
  readonly fields: readonly (FieldPlan | null)[];
  /** Of each element that may lead somewhere, the attributes that may say where. */
  readonly links: readonly (readonly Slot[])[];
}

export interface RowSource {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly alignment: Alignment;
  readonly named: Named;
}

export interface RowFields {
  readonly rules: readonly FieldRule[];
  readonly reader: FieldReader;
  readonly unit: RecordUnit;
  /** Path of an element below the row. */
  readonly below: (element: Element) => string;
  /** Elements of the row that may lose their words. */
  readonly emptiable: ReadonlySet<Element>;
}

/** Works out how one row is read, from how its fields were found. Null where a field is not told by its place alone. */
export function planRow(
  row: Element,
  { rules, reader, unit, below, emptiable }: RowFields,
  source: RowSource,
): RowPlan | null {
  const span = source.alignment.elements.get(row);
  const first = span && source.tokens[span.start];
  if (!first) return null;
  const planner = new RowPlanner(source, first.start, emptiable);
  planner.write(span.start, span.end);
  const fields: (FieldPlan | null)[] = [];
  for (const rule of rules) {
    const [place] = rule.places;
    if (!place || (place.by !== "selector" && place.by !== "header")) return null;
    const found = reader.find(place, unit);
    const path = found ? below(found.element) : "";
    const plan = found && planner.field(found, { rule, path, isAttribute: readsAttribute(rule, place) });
    if (plan === undefined) return null;
    fields.push(plan);
  }
  return planner.finish(row, fields);
}

class RowPlanner {
  readonly #source: RowSource;
  readonly #writer: ProgramWriter;
  readonly #holes = new Map<number, ReadonlyMap<string, number>>();
  /** Numbers of tags. */
  readonly #emptiable: ReadonlySet<number>;
  readonly #onlyTexts = new Map<number, number>();
  readonly #marks = new Map<AnyNode, number>();
  #end = 0;

  constructor(source: RowSource, from: number, emptiable: ReadonlySet<Element>) {
    this.#source = source;
    this.#emptiable = new Set([...emptiable].map((element) => this.#tagOf(element)));
    this.#writer = new ProgramWriter(source.text, from, source.named);
  }

  write(start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      const token = this.#source.tokens[at];
      if (!token) continue;
      const only = this.#onlyTextIn(at);
      if (token.kind === "text" && only === null && this.#onlyTexts.has(at - 1)) continue;
      this.#holes.set(at, this.#writer.add(token));
      if (only) this.#onlyTexts.set(at, this.#writer.addOnlyText(only.start, only.end));
      this.#end = token.end;
    }
  }

  /** The text of an element that holds nothing else and may as well be empty; null for all that is no such element. */
  #onlyTextIn(at: number): Token | null {
    const next = this.#source.tokens[at + 1];
    return this.#emptiable.has(at) && next?.kind === "text" ? next : null;
  }

  /** Undefined where the place of a field cannot be told. */
  field(
    found: Found,
    { isAttribute, ...told }: { readonly rule: FieldRule; readonly path: string; readonly isAttribute: boolean },
  ): FieldPlan | undefined {
    if (isAttribute) return { ...told, slot: this.#slot(found.element, attributeOf(told.rule)) };
    const nodes = found.nodes?.filter((node) => node.startIndex !== null && node.endIndex !== null) ?? [];
    const [first, last] = [nodes[0], nodes[nodes.length - 1]];
    if (!first || !last || found.element.startIndex === null) return undefined;
    return { ...told, from: this.#mark(first), to: this.#mark(last), within: this.#mark(found.element) };
  }

  finish(row: Element, fields: readonly (FieldPlan | null)[]): RowPlan {
    const own = this.#mark(row);
    const acts: Act[] = [];
    const links: Slot[][] = [];
    this.#act(row, acts, links);
    return {
      tag: row.name,
      program: this.#writer.end(this.#end),
      acts,
      marks: this.#marks.size,
      row: own,
      fields,
      links,
    };
  }

  #mark(node: AnyNode): number {
    let mark = this.#marks.get(node);
    if (mark === undefined) this.#marks.set(node, (mark = this.#marks.size));
    return mark;
  }

  #act(node: AnyNode, acts: Act[], links: Slot[][]): void {
    if (isText(node)) {
      const at = this.#source.alignment.texts.get(node) ?? -1;
      const hole = this.#onlyTexts.get(at - 1) ?? this.#holes.get(at)?.get("");
      if (hole !== undefined) acts.push({ act: "write", hole, mark: this.#marks.get(node) ?? null });
    } else if (isTag(node) && !INVISIBLE.has(node.name)) {
      const mark = this.#marks.get(node);
      if (BLOCK.has(node.name)) acts.push({ act: "break" });
      if (mark !== undefined) acts.push({ act: "enter", mark });
      const leading = leadingAttributes(node.name).filter((attribute) => attribute in node.attribs);
      if (leading.length > 0) links.push(leading.map((attribute) => this.#slot(node, attribute)));
      for (const child of node.children) this.#act(child, acts, links);
      if (mark !== undefined) acts.push({ act: "leave", mark });
      if (BLOCK.has(node.name)) acts.push({ act: "break" });
    }
  }

  #slot(element: Element, attribute: string): Slot {
    const hole = this.#holes.get(this.#tagOf(element))?.get(attribute) ?? null;
    return { attribute, hole, fixed: element.attribs[attribute] };
  }

  #tagOf(element: Element): number {
    return this.#source.alignment.elements.get(element)?.start ?? -1;
  }
}

interface Filling {
  /** What stood in the holes of the row. */
  readonly values: readonly string[];
  readonly paths: RowPaths;
  readonly baseUrl: string | null;
}

/** Where a row stands, and each of its fields. */
export interface RowPaths {
  readonly row: string;
  readonly fields: readonly string[];
}

export const rowPaths = ({ fields }: RowPlan, row: string): RowPaths => ({
  row,
  fields: fields.map((field) => (field ? row + field.path : "")),
});

/** Reads a record from what stood in the holes. */
export function readRow(plan: RowPlan, { values, paths, baseUrl }: Filling): ExtractedRecord {
  const outlined = outlineRow(plan, values);
  const fields: Record<string, ExtractedValue> = {};
  for (let at = 0; at < plan.fields.length; at += 1) {
    const field = plan.fields[at];
    if (!field) continue;
    const value = readFieldOf(field, outlined, { values, path: paths.fields[at] ?? "", baseUrl });
    if (value) fields[field.rule.name] = value;
  }
  const [start, end] = spanBetween(outlined, plan.row, plan.row);
  const text = outlined.text.slice(start, end);
  const links = linksOf(plan, values, baseUrl);
  return { text, links, fields, path: paths.row, key: contentKey(text, links) };
}

function readFieldOf(
  field: FieldPlan,
  outlined: OutlinedRow,
  { values, path, baseUrl }: Omit<Filling, "paths"> & { readonly path: string },
): ExtractedValue | null {
  const { rule } = field;
  if ("slot" in field) {
    const attribute = attributeIn(rule, held(field.slot, values));
    return attribute && attributeValue(rule, attribute, { path, baseUrl });
  }
  const span = spanBetween(outlined, field.from, field.to);
  const isWhole = field.from === field.within && field.to === field.within;
  const within = isWhole ? span : spanBetween(outlined, field.within, field.within);
  return textValue(rule, { text: outlined.text, span, within }, path);
}

/** The visible text of a row, and where in it the marks begin and end. */
interface OutlinedRow {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function outlineRow({ acts, marks }: RowPlan, values: readonly string[]): OutlinedRow {
  const writer = new TextWriter(null);
  const starts: number[] = new Array<number>(marks).fill(0);
  const ends: number[] = new Array<number>(marks).fill(0);
  for (const step of acts)
    switch (step.act) {
      case "break":
        writer.break();
        break;
      case "enter":
        starts[step.mark] = writer.at;
        break;
      case "leave":
        ends[step.mark] = writer.at;
        break;
      case "write":
        if (step.mark !== null) starts[step.mark] = writer.at;
        writer.write(values[step.hole] ?? "");
        if (step.mark !== null) ends[step.mark] = writer.at;
    }
  return { text: writer.text, starts, ends };
}

const spanBetween = ({ text, starts, ends }: OutlinedRow, from: number, to: number): Span =>
  trimSpan(text, starts[from] ?? 0, ends[to] ?? 0);

/** What an attribute holds in this row. */
const held = ({ hole, fixed }: Slot, values: readonly string[]): string | undefined =>
  hole === null ? fixed : (values[hole] ?? "");

/** Each once, in document order. */
function linksOf({ links }: RowPlan, values: readonly string[], baseUrl: string | null): string[] {
  const addresses: string[] = [];
  for (const slots of links) {
    const address = leadsTo(slots, values, baseUrl);
    if (address !== null) addresses.push(address);
  }
  return addresses.length < 2 ? addresses : [...new Set(addresses)];
}

function leadsTo(slots: readonly Slot[], values: readonly string[], baseUrl: string | null): string | null {
  for (const slot of slots) {
    const written = addressIn(slot.attribute, held(slot, values));
    if (written) return absoluteAddress(written, baseUrl);
  }
  return null;
}
