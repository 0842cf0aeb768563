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
 * the same records as any other column.
 */
export function findAgain(
  lost: readonly FieldRule[],
  stands: Stands,
  pairs: readonly RecordPair[],
): Map<FieldRule, ColumnNow> {
  const found = new Map<FieldRule, ColumnNow>();
  if (lost.length === 0 || pairs.length === 0) return found;
  const search = new Search(stands, pairs);
  for (const field of lost) {
    const column = search.find(field);
    if (column) found.set(field, column);
  }
  return found;
}

class Search {
  readonly #stands: Stands;
  readonly #pairs: readonly RecordPair[];
  readonly #reader: FieldReader;
  readonly #rules: readonly FieldRule[];

  constructor(stands: Stands, pairs: readonly RecordPair[]) {
    this.#stands = stands;
    this.#pairs = pairs;
    const { page, units } = stands;
    this.#reader = new FieldReader(page, new NodePaths());
    this.#rules = draftColumns(page, units)
      .slice(0, MOST_COLUMNS)
      .flatMap((column: Column) => ruleOfColumn(page, { column, name: "column" }, units, this.#reader) ?? []);
  }

  find(field: FieldRule): ColumnNow | null {
    const asEver = this.#column({ ...field });
    if (this.#proves(field, asEver)) return asEver;
    for (const rule of this.#rules)
      for (const variant of this.#variants(field, rule)) {
        const column = this.#column(variant);
        if (this.#proves(field, column)) return column;
      }
    return null;
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
    const { valueIn } = this.#column({ ...rule, type: "text", take: { from: "text" } });
    const texts = this.#pairs.flatMap(({ known, now }) => {
      const [quote, text] = [known.fields[field.name]?.raw, valueIn(now)?.raw];
      return quote === undefined || text === undefined || text.includes("{") ? [] : [{ quote, text }];
    });
    const [first] = texts;
    if (!first || !texts.every(({ quote, text }) => text !== quote && text.includes(quote))) return;
    const at = first.text.indexOf(first.quote);
    const around = [first.text.slice(0, at), first.text.slice(at + first.quote.length)] as const;
    // Words before a value are its label; words behind it may well belong to it now.
    const isBehind = /[\p{L}\p{N}]/u.test(around[1]);
    if (!isBehind && texts.every(({ quote, text }) => text === `${around[0]}${quote}${around[1]}`))
      yield { pattern: `${around[0]}{}${around[1]}`, part: 0 };
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

  #proves({ name }: FieldRule, column: ColumnNow): boolean {
    return agrees(agreementOf(name, column, this.#pairs), this.#pairs);
  }
}
