import { z } from "zod";
import type { StoredRecipe } from "#engines/harvest";

type Field = StoredRecipe["recipe"]["fields"][number];
type Place = Field["places"][number];

const Places = z.array(z.string()).describe("Where the field is looked for, the first that finds it wins.");
const Side = z.object({ type: z.string(), required: z.boolean(), places: Places }).nullable();

/** A field of both recipes; `before` or `after` is null where only the other has it. */
export const FieldChange = z.object({
  name: z.string(),
  change: z.enum(["same", "moved", "lost", "new"]),
  before: Side,
  after: Side,
});

/**
 * Field by field, in the order of the earlier recipe, then what is new. `lost` are those of which the changed page shows
 * nothing: a healed recipe keeps looking for them where they were, in case that they come back.
 */
export function fieldChanges(
  before: readonly Field[],
  after: readonly Field[] | null,
  lost: readonly string[],
): z.output<typeof FieldChange>[] {
  const found = (after ?? []).filter(({ name }) => !lost.includes(name));
  const now = new Map(found.map((field) => [field.name, field]));
  const known = new Set(before.map(({ name }) => name));
  return [
    ...before.map((field) => changeOf(field.name, field, now.get(field.name) ?? null)),
    ...found.filter(({ name }) => !known.has(name)).map((field) => changeOf(field.name, null, field)),
  ];
}

function changeOf(name: string, before: Field | null, after: Field | null): z.output<typeof FieldChange> {
  const [was, is] = [before && sideOf(before), after && sideOf(after)];
  const change = !was ? "new" : !is ? "lost" : JSON.stringify(was) === JSON.stringify(is) ? "same" : "moved";
  return { name, change, before: was, after: is };
}

function sideOf({ type, required, places, take }: Field): NonNullable<z.output<typeof Side>> {
  const of = take.from === "attribute" ? ` [${take.attribute ?? ""}]` : take.pattern ? `, as ${take.pattern}` : "";
  return { type, required, places: places.map((place) => inWords(place) + of) };
}

function inWords(place: Place): string {
  if (place.by === "header") return `under “${place.header}”${place.within === undefined ? "" : ` ${place.within}`}`;
  if (place.by === "label") return `after “${place.label}”`;
  if (place.by === "heading") return "the line above the group";
  if (place.by === "key") return `key ${place.key}`;
  return place.selector;
}
