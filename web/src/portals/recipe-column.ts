/** A column of a recipe as people see it. */
export interface RecipeColumn {
  name: string;
  type: string;
  /** Where in a record it is found, in words. */
  place: string;
  required: boolean;
}

/** What a person wants of a column: its name, or null to drop it. By its present name. */
export type ColumnWishes = ReadonlyMap<string, string | null>;

type Json = Readonly<Record<string, unknown>>;

/** Reads the columns of a recipe. What has another shape than this version knows is left out, never guessed. */
export function columnsOf(recipe: Json): RecipeColumn[] {
  return fieldsOf(recipe).flatMap((field) => {
    const { name, type, required, places } = field;
    if (typeof name !== "string" || typeof type !== "string") return [];
    return [{ name, type, place: placeIn(Array.isArray(places) ? places[0] : null), required: required === true }];
  });
}

/** The recipe with columns renamed and dropped; everything else stays as it is. */
export function withWishes(recipe: Json, wishes: ColumnWishes): Record<string, unknown> {
  const renamed = (name: unknown): unknown[] => {
    const wish = typeof name === "string" ? wishes.get(name) : undefined;
    return wish === null ? [] : [wish ?? name];
  };
  const checks = isJson(recipe["checks"]) ? recipe["checks"] : {};
  const required = Array.isArray(checks["required"]) ? checks["required"].flatMap(renamed) : [];
  return {
    ...recipe,
    fields: fieldsOf(recipe).flatMap((field) => renamed(field["name"]).map((name) => ({ ...field, name }))),
    checks: { ...checks, required },
  };
}

function fieldsOf(recipe: Json): Json[] {
  const { fields } = recipe;
  return Array.isArray(fields) ? fields.filter(isJson) : [];
}

function placeIn(place: unknown): string {
  if (!isJson(place)) return "";
  const { by, header, label, key, selector } = place;
  switch (by) {
    case "header":
      return `under “${String(header)}”`;
    case "label":
      return `after “${String(label)}”`;
    case "heading":
      return "above the group";
    case "key":
      return `data ${String(key)}`;
    case "selector":
      return String(selector);
    default:
      return "";
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
