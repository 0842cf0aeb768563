import { constants, zstdCompressSync } from "node:zlib";
import type { PackedCell, PackedColumn, PackedPage, PackedRecord } from "./packed-page.ts";
import type { StoredDetail, StoredRecord, StoredValue } from "./stored-records.ts";

/** No value, or none of its own: what stands behind it in a row does not move up. */
export const NONE = 0;

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Records of one page are written and read together; packed they are less than a tenth of their JSON. Their fields come back
 * in the order of `fields`, those of the recipe.
 */
export function packRecords(
  records: readonly StoredRecord[],
  fields: readonly { readonly name: string }[],
): Uint8Array<ArrayBuffer> {
  const first = records[0]?.path ?? "";
  const at = first.slice(0, Math.max(0, first.lastIndexOf("/")));
  const columns = fields.map(({ name }) => new Column(name));
  const packed = records.map((record) => packRecord(record, at, columns));
  return packPage({ format: 3, at, columns: columns.map((column) => column.packed), records: packed });
}

export function packPage(page: PackedPage): Uint8Array<ArrayBuffer> {
  // A copy of its own size: what compression gives lies in a buffer many times as large.
  return new Uint8Array(compressed(page));
}

function packRecord(record: StoredRecord, at: string, columns: Column[]): PackedRecord {
  const { key, text, path, links, fields, unverified } = record;
  const cells: PackedCell[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (!value) continue;
    const number = numberOf(name, columns, cells.length);
    while (cells.length < number) cells.push(NONE);
    cells[number] = columns[number]?.holds(value, path) ? packCell(value) : cellElsewhere(value, path, at);
  }
  const place = placeBelow(path, at, "~");
  return unverified.length === 0 ? [key, text, place, links, cells] : [key, text, place, links, cells, unverified];
}

/** `usual` is where it stands in a record that lacks no field. */
function numberOf(name: string, columns: Column[], usual: number): number {
  if (columns[usual]?.name === name) return usual;
  const found = columns.findIndex((column) => column.name === name);
  return found >= 0 ? found : columns.push(new Column(name)) - 1;
}

function packCell({ value, quote, range }: StoredValue): PackedCell {
  const said = quote === value ? NONE : quote;
  if (range) return [value, said, range];
  return said === NONE ? value : [value, said];
}

function cellElsewhere({ value, quote, range, path, attribute }: StoredValue, record: string, at: string): PackedCell {
  const below = placeBelow(path, record, ".");
  const place = below === path ? placeBelow(path, at, "~") : below;
  return [value, quote === value ? NONE : quote, range ?? NONE, place, attribute ?? NONE];
}

function placeBelow(path: string, around: string, mark: string): string {
  const isBelow = path.startsWith(around) && (path.length === around.length || path.charAt(around.length) === "/");
  return isBelow ? mark + path.slice(around.length) : path;
}

/** A field, and where its values stand in their records: where the first one does. */
class Column {
  readonly name: string;
  #place: { readonly below: string; readonly attribute: string | undefined } | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get packed(): PackedColumn {
    if (!this.#place) return [this.name];
    const { below, attribute } = this.#place;
    return attribute === undefined ? [this.name, below] : [this.name, below, attribute];
  }

  holds({ path, attribute }: StoredValue, record: string): boolean {
    if (!this.#place && path.startsWith(record)) this.#place = { below: path.slice(record.length), attribute };
    const place = this.#place;
    if (place?.attribute !== attribute || path.length !== record.length + (place?.below.length ?? 0)) return false;
    return place !== null && path.endsWith(place.below) && path.startsWith(record);
  }
}

export function packDetail(detail: StoredDetail): Uint8Array {
  return compressed(detail);
}

/** Texts are encoded in a place of their own: a new one for each page takes as long as compressing it. */
let room = new Uint8Array(64 * 1024);
const MOST_ROOM = 4 * 1024 * 1024;
const encoder = new TextEncoder();

function compressed(json: unknown): Buffer<ArrayBuffer> {
  const text = JSON.stringify(json);
  // UTF-8 takes at most three bytes for a code unit.
  const most = text.length * 3;
  if (most > MOST_ROOM) return zstdCompressSync(text, FAST);
  if (most > room.length) room = new Uint8Array(Math.min(MOST_ROOM, most * 2));
  return zstdCompressSync(room.subarray(0, encoder.encodeInto(text, room).written), FAST);
}
