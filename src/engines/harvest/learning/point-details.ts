import { linksAt, type ExtractedRecord, type Learned, type Page, type Recipe } from "#engines/extraction";

/** The column that holds the address of a record's own page, where nobody says otherwise. */
const COLUMN = "detailUrl";
/** Of the records: some may have no page of their own. */
const ENOUGH = 0.5;

export interface PointedDetails {
  readonly recipe: Recipe;
  readonly learned: Learned;
  /** Name of the column. */
  readonly column: string;
}

/**
 * The column that holds the links which a person pointed at, under the name that the address of a record's page has; with a
 * wish columns keep their names. Null where no column holds them.
 */
export function pointDetails(
  { recipe, learned, page }: { readonly recipe: Recipe; readonly learned: Learned; readonly page: Page },
  selector: string,
  keepsNames: boolean,
): PointedDetails | null {
  const records = learned.extraction?.records ?? [];
  const pointed = new Set(linksAt(page, selector));
  const share = (name: string): number =>
    records.filter(({ fields }) => pointed.has(fields[name]?.value ?? "")).length / Math.max(1, records.length);
  const names = recipe.fields.filter(({ type }) => type === "url").map(({ name }) => name);
  const [found] = names.toSorted((a, b) => share(b) - share(a));
  if (found === undefined || share(found) < ENOUGH) return null;
  if (keepsNames || found === COLUMN) return { recipe, learned, column: found };
  const other = ["link", ...names.map((_, at) => `link${at + 2}`)].find((name) => !isTaken(recipe, name)) ?? "link";
  const renamed = new Map([
    [found, COLUMN],
    [COLUMN, other],
  ]);
  return { recipe: renameIn(recipe, renamed), learned: renameRecords(learned, renamed), column: COLUMN };
}

function isTaken({ fields }: Recipe, name: string): boolean {
  return fields.some((field) => field.name === name);
}

function renameIn(recipe: Recipe, names: ReadonlyMap<string, string>): Recipe {
  const { fields, checks } = recipe;
  return {
    ...recipe,
    fields: fields.map((field) => ({ ...field, name: names.get(field.name) ?? field.name })),
    checks: { ...checks, required: checks.required.map((name) => names.get(name) ?? name) },
  };
}

function renameRecords(learned: Learned, names: ReadonlyMap<string, string>): Learned {
  const { extraction } = learned;
  if (!extraction) return learned;
  const records = extraction.records.map((record): ExtractedRecord => {
    const fields = Object.entries(record.fields).map(([name, value]) => [names.get(name) ?? name, value]);
    return { ...record, fields: Object.fromEntries(fields) };
  });
  return { ...learned, extraction: { ...extraction, records } };
}
