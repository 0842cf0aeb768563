import type { Column } from "../columns/column.ts";
import { draftColumns } from "../columns/draft-columns.ts";
import type { FieldRule } from "../columns/field-rule.ts";
import { ruleOfColumn } from "../columns/learn-fields.ts";
import { readColumns } from "../columns/read-columns.ts";
import { FieldReader } from "../columns/read-field.ts";
import type { RecordUnit } from "../lists/candidate.ts";
import { NodePaths } from "../outline/node-paths.ts";
import type { Page } from "../page/page.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import { agreementOf, agrees, type ColumnNow } from "./match-fields.ts";
import type { RecordPair } from "./pair-records.ts";
import { hasGrown, isCutShort, isLabelled, labelIn, sameAround, type Part } from "./part-of-text.ts";

/** Columns that a page is searched for; pages of records have far fewer. */
const MOST_COLUMNS = 120;
/** What stands between values that share one text. */
const SEPARATORS = [" | ", " – ", " — ", " - ", " · ", " • ", "; ", " / ", ", ", ": "];

/** The records of a changed page and the nodes that they were read from. */
export interface Stands {
  readonly page: Page;
  readonly units: readonly RecordUnit[];
  readonly unitOf: ReadonlyMap<ExtractedRecord, RecordUnit>;
}

/**
 * Looks for the known values of fields that no learnt column gives: in every place that the records have in common, as what
 * the field was (a date in its old format, a part of a text), and as a stretch of a longer text. What is found is proven by
 * the same records as any other column. Of a longer text only what is a label is cut off; where the same words stand around
 * every value and are none, they belong to it, or nothing is found.
 */
export class ValueSearch {
  readonly #stands: Stands;
  readonly #pairs: readonly RecordPair[];
  readonly #reader: FieldReader;
  #drafted: readonly FieldRule[] | null = null;

  constructor(stands: Stands, pairs: readonly RecordPair[]) {
    this.#stands = stands;
    this.#pairs = pairs;
    this.#reader = new FieldReader(stands.page, new NodePaths());
  }

  /** A column for every place that the records have in common. */
  get #rules(): readonly FieldRule[] {
    const { page, units } = this.#stands;
    this.#drafted ??= draftColumns(page, units)
      .slice(0, MOST_COLUMNS)
      .flatMap((column: Column) => ruleOfColumn(page, { column, name: "column" }, units, this.#reader) ?? []);
    return this.#drafted;
  }

  find(field: FieldRule): ColumnNow | null {
    const asEver = this.#column({ ...field });
    if (this.#proves(field, asEver)) return asEver;
    for (const rule of this.#rules)
      for (const variant of this.#variants(field, rule)) {
        const column = this.#column(variant);
        if (this.#proves(field, column)) return column;
      }
    return this.#grown(field);
  }

  /** Whether a column leaves nothing behind that belongs to the values of a field now. */
  isWhole(field: FieldRule, { rule }: ColumnNow): boolean {
    return rule.take.pattern === undefined || !isCutShort(field, this.#partsIn(field, rule));
  }

  /** The same words stand around every known value, and have become a part of it. */
  #grown(field: FieldRule): ColumnNow | null {
    if (field.take.from !== "text") return null;
    for (const rule of this.#rules) {
      if (rule.take.from !== "text") continue;
      const { before = "", after = "" } = sameAround(this.#partsIn(field, rule)) ?? {};
      const label = labelIn(field, before);
      const around = { before: before.slice(label.length), after };
      // Braces are read as parts of a pattern.
      if (label.includes("{") || !hasGrown(field, around)) continue;
      const take = { from: "text", ...(label === "" ? {} : { pattern: `${label}{}`, part: 0 }) } as const;
      const column = { ...this.#column({ ...rule, type: field.type, take }), around };
      if (agrees(agreementOf(field.name, column, this.#pairs), this.#pairs)) return column;
    }
    return null;
  }

  /** The known values of a field, and what stands in a place of the same records now. */
  #partsIn({ name }: FieldRule, rule: FieldRule): Part[] {
    const { valueIn } = this.#column({ ...rule, type: "text", take: { from: "text" } });
    return this.#pairs.flatMap(({ known, now }) => {
      const [quote, text] = [known.fields[name]?.raw, valueIn(now)?.raw];
      return quote === undefined || text === undefined ? [] : [{ quote, text }];
    });
  }

  /** Ways to read a place of the page as what the field was. */
  *#variants(field: FieldRule, rule: FieldRule): Generator<FieldRule> {
    const { type, format, take, fingerprint } = field;
    const asOld = { ...rule, type, ...(format ? { format } : {}), fingerprint };
    yield rule;
    yield asOld;
    if (rule.take.from !== "text") return;
    if (take.from === "text" && take.pattern !== undefined) yield { ...asOld, take };
    for (const pattern of this.#patterns(field, rule)) yield { ...asOld, take: { from: "text", ...pattern } };
  }

  /** How a longer text is built of which the known values are a part. */
  *#patterns(field: FieldRule, rule: FieldRule): Generator<{ pattern: string; part: number }> {
    const texts = this.#partsIn(field, rule).filter(({ text }) => !text.includes("{"));
    const [first] = texts;
    if (!first || !texts.every(({ quote, text }) => text !== quote && text.includes(quote))) return;
    const around = sameAround(texts);
    if (around && isLabelled(field, around)) yield { pattern: `${around.before}{}${around.after}`, part: 0 };
    for (const separator of SEPARATORS) {
      const parts = first.text.split(separator);
      const part = parts.indexOf(first.quote);
      if (part < 0 || !texts.every(({ text }) => text.split(separator).length === parts.length)) continue;
      yield { pattern: parts.map(() => "{}").join(separator), part };
    }
  }

  #column(rule: FieldRule): ColumnNow {
    const { units, unitOf } = this.#stands;
    const [column] = readColumns([rule], units, this.#reader);
    const byUnit = new Map(units.map((unit, at) => [unit, column?.values[at] ?? null]));
    const valueIn: ColumnNow["valueIn"] = (record) => {
      const unit = unitOf.get(record);
      return unit && byUnit.get(unit);
    };
    return { rule, valueIn };
  }

  #proves(field: FieldRule, column: ColumnNow): boolean {
    return agrees(agreementOf(field.name, column, this.#pairs), this.#pairs) && this.isWhole(field, column);
  }
}
