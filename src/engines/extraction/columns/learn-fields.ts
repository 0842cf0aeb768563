import type { RecordUnit } from "../lists/candidate.ts";
import type { Page } from "../page/page.ts";
import { regionOf } from "../page-region.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { FieldType } from "../values/field-type.ts";
import type { ColumnType } from "../values/recognised.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import { chooseColumns } from "./choose-columns.ts";
import type { Column } from "./column.ts";
import { draftColumns } from "./draft-columns.ts";
import type { FieldRule } from "./field-rule.ts";
import { mostCommon } from "./learn-pattern.ts";
import { nameColumns } from "./name-columns.ts";

/** Learns the columns of a list: where each value stands in its record, its name, its type and how values look. */
export function learnFields(page: Page, units: readonly RecordUnit[]): FieldRule[] {
  const columns = chooseColumns(page, draftColumns(page, units), units);
  const types = columns.map((column) => typeOf(page, column));
  return nameColumns(
    columns,
    types.map(({ type }) => type),
    units.length,
  ).map(({ column, name }, i) => {
    const { type = "text", format = {} } = types[i] ?? {};
    return {
      name,
      type,
      ...(Object.keys(format).length > 0 ? { format } : {}),
      places: column.places.slice(0, 8),
      take: column.take,
      required: column.cells.size === units.length && units.length > 1,
      fingerprint: fingerprintOf(column, units.length),
    };
  });
}

function typeOf(page: Page, column: Column): ColumnType {
  const texts = [...column.cells.values()].map(({ text }) => text).slice(0, 60);
  if (column.take.from === "attribute") {
    const { attribute } = column.take;
    if (attribute === "src") return { type: "image", share: 1, format: {} };
    if (attribute === "href") return addressType(texts.map((href) => resolveUrl(href, page.baseUrl) ?? href));
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

function fingerprintOf({ cells }: Column, records: number): FieldRule["fingerprint"] {
  const texts = [...cells.values()].map(({ text }) => text);
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
  return {
    fill: Math.round((cells.size / Math.max(1, records)) * 1000) / 1000,
    shape: mostCommon(texts.map(shapeOfText))?.value ?? "",
    length: lengths[lengths.length >> 1] ?? 0,
  };
}

/** `12/05/2024` → `99/99/9999`, `Smith v. Jones` → `Aa a. Aa`: what a value looks like, not what it says. */
export function shapeOfText(text: string): string {
  return text
    .slice(0, 80)
    .replace(/\p{N}/gu, "9")
    .replace(/\p{Lu}\p{Ll}+/gu, "Aa")
    .replace(/\p{Lu}+/gu, "A")
    .replace(/\p{Ll}+/gu, "a")
    .slice(0, 40);
}
