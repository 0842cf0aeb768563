import type { RecordUnit } from "../lists/candidate.ts";
import { NodePaths } from "../outline/node-paths.ts";
import type { Page } from "../page/page.ts";
import { regionOf } from "../page-region.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { holdsAddress } from "../page/written-address.ts";
import type { FieldType } from "../values/field-type.ts";
import type { ColumnType } from "../values/recognised.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import { chooseColumns } from "./choose-columns.ts";
import type { Column } from "./column.ts";
import { draftColumns } from "./draft-columns.ts";
import { dropSaidTwice } from "./drop-said-twice.ts";
import type { FieldPlace, FieldRule } from "./field-rule.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { nameColumns } from "./name-columns.ts";
import { FieldReader } from "./read-field.ts";

const MAX_PLACES = 8;
/** Records that a list is learnt from. */
const MAX_SAMPLE = 400;
/** Records on which every way to a field is tried. */
const CHECKED = 24;

/** Learns the columns of a list: where each value stands in its record, its name, its type and how values look. */
export function learnFields(page: Page, all: readonly RecordUnit[]): FieldRule[] {
  const units = sampleOf(all);
  const chosen = chooseColumns(page, draftColumns(page, units), units);
  const typed = dropSaidTwice(chosen.map((column) => ({ column, type: typeOf(page, column) })));
  const [columns, types] = [typed.map(({ column }) => column), typed.map(({ type }) => type)];
  const named = nameColumns(
    columns,
    types.map(({ type }) => type),
    units.length,
  );
  const reader = new FieldReader(page, new NodePaths());
  return named.flatMap(({ column, name }, i) => {
    const rule = ruleOfColumn(page, { column, name, type: types[i] }, units, reader);
    return rule ? [rule] : [];
  });
}

/** Writes down how a column is found again; null when no way to it leads to its values in these records. */
export function ruleOfColumn(
  page: Page,
  { column, name, type: told = typeOf(page, column) }: { column: Column; name: string; type?: ColumnType | undefined },
  units: readonly RecordUnit[],
  reader: FieldReader,
): FieldRule | null {
  const { type, format } = told;
  const rule: FieldRule = {
    name,
    type,
    ...(Object.keys(format).length > 0 ? { format } : {}),
    places: column.places.slice(0, MAX_PLACES),
    take: column.take,
    required: column.cells.size === units.length && units.length > 1,
    fingerprint: fingerprintOf(
      [...column.cells.values()].map(({ text }) => text),
      units.length,
    ),
  };
  const places = rule.places.filter((place) => findsColumn(reader, rule, place, column, units));
  return places.length === 0 ? null : { ...rule, places };
}

/** Long lists are learnt from records at even steps: what their columns are does not depend on how many there are. */
function sampleOf(units: readonly RecordUnit[]): readonly RecordUnit[] {
  if (units.length <= MAX_SAMPLE) return units;
  const stride = units.length / MAX_SAMPLE;
  return Array.from({ length: MAX_SAMPLE }, (_, i) => units[Math.floor(i * stride)]).filter(
    (unit) => unit !== undefined,
  );
}

/** A way to a field is kept only if it leads to the same values, and to none where a record has none. */
function findsColumn(
  reader: FieldReader,
  rule: FieldRule,
  place: FieldPlace,
  column: Column,
  units: readonly RecordUnit[],
): boolean {
  const asText: FieldRule = { ...rule, type: "text" };
  const stride = Math.max(1, Math.floor(units.length / CHECKED));
  let checked = 0;
  let wrong = 0;
  for (let i = 0; i < units.length; i += stride) {
    const unit = units[i];
    if (!unit) continue;
    checked += 1;
    const found = reader.read(asText, place, unit)?.raw.trim();
    if (found?.toLowerCase() !== column.cells.get(i)?.text.toLowerCase()) wrong += 1;
  }
  return wrong <= checked * 0.1;
}

function typeOf(page: Page, column: Column): ColumnType {
  const texts = [...column.cells.values()].map(({ text }) => text).slice(0, 60);
  if (column.take.from === "attribute") {
    const { attribute } = column.take;
    if (attribute === "src") return { type: "image", share: 1, format: {} };
    if (attribute !== undefined && holdsAddress(attribute))
      return addressType(texts.map((href) => resolveUrl(href, page.baseUrl) ?? href));
  }
  const locale = regionOf(page);
  const label = column.hints.header ?? column.hints.label ?? column.hints.property ?? "";
  return typeOfColumn(texts, { label, ...(locale === undefined ? {} : { locale }) });
}

function addressType(addresses: readonly string[]): ColumnType {
  const found = typeOfColumn(addresses.map((href) => ({ text: "", href })));
  const type: FieldType =
    found.type === "document" || found.type === "email" || found.type === "phone" ? found.type : "url";
  return { type, share: 1, format: {} };
}
