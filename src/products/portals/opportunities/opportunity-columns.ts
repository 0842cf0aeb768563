import {
  opportunityFields,
  type FieldMapping,
  type FieldType,
  type MappableColumn,
  type Recipe,
} from "#engines/extraction";
import type { HarvestedRecord } from "#engines/harvest";

/** Records whose values help to tell what a column holds. */
export const SAMPLES = 20;

/** A column that answers a field of an opportunity. */
export interface ChosenColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly confidence: number;
}

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
  return {
    list: withTitle(chosen(listColumns), listColumns),
    detail: chosen(detailColumns),
    listDocuments: named(listColumns, "document"),
    detailDocuments: named(detailColumns, "document"),
    types: new Map(list.map(({ name, type }) => [name, type])),
    recipeConfidence: recipe?.learned.confidence ?? 0.5,
  };
}

function column(name: string, type: FieldType, values: readonly (string | undefined)[]): MappableColumn {
  return { name, type, samples: values.filter((value) => value !== undefined) };
}

function chosen(columns: readonly MappableColumn[]): Map<string, ChosenColumn> {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const entries = opportunityFields(columns).flatMap(({ field, column: name, confidence }: FieldMapping) =>
    name === null ? [] : [[field, { name, type: types.get(name) ?? "text", confidence }] as const],
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
