import {
  opportunityFields,
  SURE_MAPPING,
  type FieldMapping,
  type FieldType,
  type MappableColumn,
  type Recipe,
  type ValueFormat,
} from "#engines/extraction";
import type { HarvestedRecord } from "#engines/harvest";

/** Records whose values help to tell what a column holds. */
export const SAMPLES = 20;

/** A column that answers a field of an opportunity. */
export interface ChosenColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly confidence: number;
  /** How its values are written, as the recipe learnt it. */
  readonly format?: ValueFormat | undefined;
}

/** A column that may be a field of an opportunity: said to people, never served as that field. */
export interface UnsureColumn {
  readonly field: string;
  readonly column: string;
  readonly confidence: number;
  readonly note: string;
}

/** A title, a link and documents can be seen for what they are; a wrong date or amount cannot. */
const MAY_BE_GUESSED: ReadonlySet<string> = new Set(["title", "detailUrl", "documents"]);

/** How the columns of one recipe fill an opportunity: those of the list first, those of the record's own page after them. */
export interface OpportunityColumns {
  readonly list: ReadonlyMap<string, ChosenColumn>;
  readonly detail: ReadonlyMap<string, ChosenColumn>;
  /** Columns that hold a document's address. */
  readonly listDocuments: readonly string[];
  readonly detailDocuments: readonly string[];
  /** Types of all columns of the list, for the choice of a title where no column is one. */
  readonly types: ReadonlyMap<string, FieldType>;
  readonly recipeConfidence: number;
  /** What was not taken, because it is only likely. */
  readonly unsure: readonly UnsureColumn[];
}

/** Maps a recipe's columns once for all records of a run; `records` are its first ones. */
export function chooseColumns(recipe: Recipe | null, records: readonly HarvestedRecord[]): OpportunityColumns {
  const list = recipe?.fields ?? [];
  const detail = recipe?.detail?.fields ?? [];
  const first = records.slice(0, SAMPLES);
  const listColumns = list.map(({ name, type }) =>
    column(
      name,
      type,
      first.map(({ fields }) => fields[name]),
    ),
  );
  const detailColumns = detail.map(({ name, type }) =>
    column(
      name,
      type,
      first.flatMap((record) => record.detail?.fields[name] ?? []),
    ),
  );
  const [listed, detailed] = [opportunityFields(listColumns), opportunityFields(detailColumns)];
  return {
    list: withTitle(chosen(listed, list), listColumns),
    detail: chosen(detailed, detail),
    listDocuments: named(listColumns, "document"),
    detailDocuments: named(detailColumns, "document"),
    types: new Map(list.map(({ name, type }) => [name, type])),
    recipeConfidence: recipe?.learned.confidence ?? 0.5,
    unsure: unsureOf(listed, detailed),
  };
}

function column(name: string, type: FieldType, values: readonly (string | undefined)[]): MappableColumn {
  return { name, type, samples: values.filter((value) => value !== undefined) };
}

function isServed({ field, confidence }: FieldMapping): boolean {
  return confidence >= SURE_MAPPING || MAY_BE_GUESSED.has(field);
}

/** What neither the list nor the record's own page says for sure. */
function unsureOf(listed: readonly FieldMapping[], detailed: readonly FieldMapping[]): UnsureColumn[] {
  const all = [...listed, ...detailed];
  const served = new Set(all.filter(isServed).map(({ field }) => field));
  return all.flatMap(({ field, column: name, confidence, note = "" }) =>
    name === null || served.has(field) ? [] : [{ field, column: name, confidence, note }],
  );
}

interface LearntColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly format?: ValueFormat | undefined;
}

function chosen(mappings: readonly FieldMapping[], columns: readonly LearntColumn[]): Map<string, ChosenColumn> {
  const learnt = new Map(columns.map((column) => [column.name, column]));
  const entries = mappings
    .filter(isServed)
    .flatMap(({ field, column: name, confidence }) =>
      name === null
        ? []
        : [
            [
              field,
              { name, confidence, type: learnt.get(name)?.type ?? "text", format: learnt.get(name)?.format },
            ] as const,
          ],
    );
  return new Map(entries);
}

/** A column that is called a title is the title, whatever its values look like. */
function withTitle(found: Map<string, ChosenColumn>, columns: readonly MappableColumn[]): Map<string, ChosenColumn> {
  const titled = columns.find(({ name }) => /^(title|name|subject)$/i.test(name));
  if (found.has("title") || !titled) return found;
  const others = [...found].filter(([, { name }]) => name !== titled.name);
  return new Map([["title", { name: titled.name, type: titled.type, confidence: 0.8 }], ...others]);
}

function named(columns: readonly MappableColumn[], type: FieldType): string[] {
  return columns.filter((each) => each.type === type).map(({ name }) => name);
}
